import type { Actor } from '../domain/actor.ts';
import { type AutomaticHold, type AutomaticPlace, shortNameOf } from '../domain/automatic.ts';
import type { Caller } from '../domain/caller.ts';
import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import { environmentNamed, type Policy } from '../domain/policy.ts';
import type { Change, Store } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';
import { isReplaceable, superseding } from './automatic-request.ts';
import { followChange } from './follow-run.ts';

type Used = Pick<Adapters, 'store' | 'policy' | 'clock'>;

/** Whether policy has something deployed there without a person asking. */
export function isAutomatic({ environment }: AutomaticPlace, policy: Policy): boolean {
  return (
    policy.github?.triggers !== undefined && environmentNamed(policy, environment)?.triggers !== undefined
  );
}

/** Which hold a person saw. Neither: whichever is in force. */
export type HoldSeen = { hold?: string | undefined; since?: number | undefined };

export type HoldChange = Extract<Change, { kind: 'append' | 'abort-run' | 'hold-automatic' | 'announce' }>;

type Holding = AutomaticPlace & {
  /** The deployment that rolls back, or was put back. */
  deployment?: number;
  by: Actor;
  why?: string;
  cause: string;
  channel: string;
  /** Milliseconds since the epoch. */
  at: number;
};

/** Holds automatic deployments of a place, ends those that have not begun, and has it told. Nothing where they are held already. */
export async function holdChanges(holding: Holding, store: Store): Promise<HoldChange[]> {
  const { service, environment, deployment, by, why, cause, channel, at } = holding;
  const place = { service, environment };
  if ((await store.automaticHold(place)) !== undefined) return [];
  const pending = (await store.unfinished(place)).filter(isReplaceable);
  const reason = `automatic deployments of ${service} to ${environment} are held${since(deployment)}. Nothing was changed.`;
  return [
    {
      ...{ kind: 'hold-automatic', ...place, by },
      ...(deployment === undefined ? {} : { deployment }),
      ...(why === undefined ? {} : { why }),
    },
    ...pending.flatMap((one) => superseding(one, { reason, cause })),
    {
      kind: 'announce',
      announcement: {
        ...{ id: `automatic-held/${service}/${environment}/${deployment ?? cause}`, channel, notBefore: at },
        ...{ about: `${service}/${environment}`, tells: 'automatic-held' },
      },
    },
  ];
}

function since(deployment: number | undefined): string {
  return deployment === undefined ? '' : ` since #${deployment}`;
}

/** What is written with the events of the deployment because of which they are held. */
export function heldEvent(changes: readonly HoldChange[]): { type: 'automatic-held' }[] {
  return changes.some(({ kind }) => kind === 'hold-automatic') ? [{ type: 'automatic-held' }] : [];
}

/** What was deployed by itself and had to be put back, or was left as it is, is not followed by the next push, until somebody says so. */
export async function holdAfter(deployment: Deployment, store: Store): Promise<HoldChange[]> {
  const { number, service, environment, channel, pushed, startedAt, changedAt, abortRequestedBy } =
    deployment;
  if (pushed === undefined || startedAt === undefined) return [];
  const by = abortRequestedBy ?? { kind: 'job', run: `deploy/${number}` };
  const cause = `put back #${number}`;
  const held = { service, environment, channel, deployment: number, by, cause, at: changedAt };
  return holdChanges(held, store);
}

/** A person wants nothing deployed there by itself. Throws a `UserError` where nothing is, or it is held already. */
export async function holdAutomatic(
  { why, ...place }: AutomaticPlace & { why?: string },
  caller: Caller,
  { store, policy, clock }: Used,
): Promise<void> {
  requireAutomatic(place, policy);
  const { actor, arrival } = caller;
  const channel = environmentNamed(policy, place.environment)?.channel ?? '';
  const changes = await holdChanges(
    { ...place, by: actor, cause: arrival, channel, at: clock.now(), ...(why === undefined ? {} : { why }) },
    store,
  );
  const outcome = { kind: 'finish-arrival', id: arrival, outcome: 'automatic deployments held' } as const;
  if (changes.length > 0 && (await store.commit([...changes, outcome])) !== 'conflict') return;
  throw new UserError(
    changes.length === 0
      ? `Automatic deployments of ${place.service} to ${place.environment} are held already. Nothing was done.`
      : 'Something else happened there at this very moment. Nothing was done; try again.',
  );
}

/**
 * Lets automatic deployments of a place go on: what was pushed meanwhile is looked at, and the newest of it deployed once.
 * `hold`, or `since`, the deployment because of which they are held: the one that was seen. Throws a `UserError` where that has ended.
 */
export async function resumeAutomatic(
  { hold: seen, since: because, why, ...place }: AutomaticPlace & HoldSeen & { why?: string },
  { actor, arrival }: Caller,
  { store, policy }: Pick<Adapters, 'store' | 'policy'>,
): Promise<AutomaticHold> {
  requireAutomatic(place, policy);
  const hold = await store.automaticHold(place);
  const isOther = because !== undefined && because !== hold?.deployment;
  if (hold === undefined || isOther || (seen !== undefined && seen !== hold.id)) {
    throw new UserError(await notHeld(place, { hold: seen, since: because }, store));
  }
  const missed = (await store.followedIn(place)).filter(({ outcome }) => outcome === 'held');
  const said = why === undefined ? {} : { why };
  const result = await store.commit([
    { kind: 'resume-automatic', hold: hold.id, by: actor, ...said },
    ...resumedEvents(hold, { by: actor, cause: arrival, ...said }),
    followChange({ ...place, refs: missed.map(({ ref }) => ({ ref })), isTold: false }, arrival),
    { kind: 'finish-arrival', id: arrival, outcome: `resumed ${hold.id}` },
  ]);
  if (result === 'conflict') throw new UserError(await notHeld(place, { hold: hold.id }, store));
  return hold;
}

/** The message of the deployment because of which they were held says so, and loses its button. */
function resumedEvents(
  { deployment }: AutomaticHold,
  how: { by: Actor; cause: string; why?: string },
): Extract<Change, { kind: 'append' }>[] {
  if (deployment === undefined) return [];
  return [{ kind: 'append', deployment, expect: 'any', events: [{ type: 'automatic-resumed' }], ...how }];
}

/** What was pushed while it was held, the newest of each ref, as people call it. */
export async function heldRefs(place: AutomaticPlace, store: Store): Promise<string[]> {
  const followed = await store.followedIn(place);
  return followed.filter(({ outcome }) => outcome === 'held').map(({ ref }) => shortNameOf(ref));
}

async function notHeld(
  { service, environment }: AutomaticPlace,
  { hold, since: because }: HoldSeen,
  store: Store,
): Promise<string> {
  if (hold === undefined && because === undefined) {
    return `Automatic deployments of ${service} to ${environment} are not held. Nothing was done.`;
  }
  const ended = await endedBy({ hold, since: because }, store);
  const who = ended?.kind === 'person' ? `: <@${ended.userId}> ended it` : '';
  return `That hold of automatic deployments of ${service} to ${environment} is over${who}. Nothing was done.`;
}

async function endedBy({ hold, since: because }: HoldSeen, store: Store): Promise<Actor | undefined> {
  if (hold !== undefined) return (await store.hold(hold))?.ended?.by;
  const events = because === undefined ? [] : await store.events(because);
  return events.findLast(({ event }) => event.type === 'automatic-resumed')?.by;
}

function requireAutomatic(place: AutomaticPlace, policy: Policy): void {
  if (isAutomatic(place, policy)) return;
  throw new UserError(
    `Nothing is deployed to ${place.environment} by itself: forge.yml names no branch or tag whose pushes are deployed there. Nothing was done.`,
  );
}
