import type { Caller } from '../domain/caller.ts';
import { UserError } from '../domain/errors.ts';
import type { EnvironmentPolicy, ServicePolicy, StrategyName } from '../domain/policy.ts';
import { nextOccurrence, type Recurring } from '../domain/recurring.ts';
import type { Change } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';

export type RecurringRequest = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  ref?: string;
  strategy?: StrategyName;
  cron: string;
  /** IANA zone. */
  zone: string;
  reason?: string;
};

type Used = Pick<Adapters, 'store' | 'clock'>;

/** The doorbell of the run that asks for its deployments. */
export const RECUR_BELL = 'news';

/** Others may save some at the same moment and take the next id. */
const TRIES = 10;

/** The run that asks for its deployments. */
function recurRun(id: string): string {
  return `recurring/${id}`;
}

/** Wakes the run that asks for its deployments. `id` rings once. */
export function ringRecurring(
  recurring: string,
  { id, by }: { id: string; by: string },
): Extract<Change, { kind: 'signal-run' }> {
  return { kind: 'signal-run', run: recurRun(recurring), name: RECUR_BELL, id, by };
}

/** Throws a `UserError` where people must approve each deployment: nobody could every time. */
export function requireRecurrable({ name, approvals }: EnvironmentPolicy): void {
  if (approvals === undefined) return;
  throw new UserError(
    `Deployments to ${name} need somebody’s approval each time, so nothing can recur there. Schedule one at a time.`,
  );
}

/**
 * Has a deployment asked for again and again. What recurs already is not saved a second time, whoever asks: both would be due at once,
 * for the same. Throws a `UserError` where that cannot be.
 */
export async function scheduleRecurring(
  request: RecurringRequest,
  caller: Caller,
  { store, clock }: Used,
): Promise<Recurring> {
  const { service, environment, cron, zone, ref, strategy, reason } = request;
  requireRecurrable(environment);
  for (let round = 0; round < TRIES; round += 1) {
    const id = await store.nextRecurring();
    // Whoever saves one after this look takes the id that was read before it, and the commit is a conflict.
    const same = (await store.recurrings()).find((one) => isSame(one, request));
    if (same !== undefined) return same;
    const now = clock.now();
    const nextAt = nextOccurrence({ cron, zone }, now);
    if (nextAt === undefined) throw new UserError('That names no time to come. Nothing was scheduled.');
    const recurring = {
      ...{ id, service: service.name, environment: environment.name },
      ...{ cron, zone, owner: caller.actor.userId, nextAt },
      ...(ref === undefined ? {} : { ref }),
      ...(strategy === undefined ? {} : { strategy }),
      ...(reason === undefined ? {} : { reason }),
    };
    const result = await store.commit([
      { kind: 'save-recurring', recurring },
      { kind: 'start-run', id: recurRun(id), job: 'recur', input: { recurring: id } },
      { kind: 'finish-arrival', id: caller.arrival, outcome: `recurring ${id}` },
    ]);
    if (result !== 'conflict') return { ...recurring, placedAt: now };
  }
  throw new Error(`Others saved what recurs ${TRIES} times at the same moment`);
}

function isSame(
  one: Recurring,
  { service, environment, ref, strategy, cron, zone }: RecurringRequest,
): boolean {
  const isThere = one.service === service.name && one.environment === environment.name;
  const isThen = one.cron === cron && one.zone === zone;
  return isThere && isThen && one.ref === ref && one.strategy === strategy;
}

/** Ends it: what was asked for already goes on. Throws a `UserError` when there is nothing to end. */
export async function cancelRecurring(
  { id, why }: { id: string; why?: string },
  { actor, arrival }: Caller,
  { store }: Used,
): Promise<Recurring> {
  const recurring = await store.recurring(id);
  if (recurring === undefined)
    throw new UserError(`There is no ${id}. \`/forge schedules\` lists what is scheduled.`);
  const result = await store.commit([
    { kind: 'cancel-recurring', id, by: actor, ...(why === undefined ? {} : { why }) },
    ringRecurring(id, { id: arrival, by: actor.userId }),
    { kind: 'finish-arrival', id: arrival, outcome: `cancelled ${id}` },
  ]);
  if (result === 'conflict') throw new UserError(`${id} is cancelled already. Nothing was done.`);
  return recurring;
}
