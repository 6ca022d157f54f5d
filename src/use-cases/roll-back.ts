import type { Caller } from '../domain/caller.ts';
import { staleness } from '../domain/decisions.ts';
import { type Deployment, isInTheWay } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import { endStandbyRuns } from '../domain/standby.ts';
import type { Change } from '../ports/store.ts';
import { heldEvent, holdChanges, isAutomatic } from './automatic-hold.ts';
import { isReplaceable } from './automatic-request.ts';
import { isAskedBy } from './new-deployment.ts';
import { previewRollbackOf, type RollbackAdapters, whatToUndo } from './preview-rollback.ts';

export type RollBackOutcome =
  | { kind: 'requested'; deployment: number; undoes: number }
  | { kind: 'under-way'; undoes: number; by: Deployment }
  | { kind: 'repeated' };

export type RollBackRequest = {
  undoes: number;
  /** What the person saw of the deployment, and the digest of the plan they were shown; without it the plan is made anew. */
  seen: { generation: number; digest: string; plan?: string };
  why?: string;
  /** The release they named. Absent: the one before. */
  version?: string;
  /** At once, with fewer tasks than there should be. */
  emergency?: true;
};

/** Two people may confirm the same rollback at once: whoever comes second sees the first one's, at the next look. */
const TRIES = 5;

/**
 * Undoes a deployment if that still means what the person saw of it. The plan they were shown is taken as it is, so that
 * nothing is asked of AWS before its first step. A second confirmation of the same rollback is answered with the first
 * one's deployment.
 */
export async function rollBack(
  request: RollBackRequest,
  caller: Caller,
  adapters: RollbackAdapters,
): Promise<RollBackOutcome> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const found = await whatToUndo(request.undoes, adapters);
    if (found.kind === 'under-way') {
      const isRepeated = await isAskedBy(found.by, caller, adapters.store);
      return isRepeated ? { kind: 'repeated' } : found;
    }
    if (found.kind === 'abort') {
      throw new UserError(
        `#${request.undoes} is still under way; use \`/forge abort #${request.undoes}\` to stop it.`,
      );
    }
    refuseStale(found.undoes, request);
    const plan = planAsShown(request, adapters) ?? (await planAnew(request, adapters));
    const outcome = await createUndo({ undoes: found.undoes, plan }, request.why, caller, adapters);
    if (outcome !== 'conflict') return outcome;
  }
  throw new Error(`Deployment #${request.undoes} changed ${TRIES} times while it was being rolled back`);
}

function refuseStale(undoes: Deployment, request: RollBackRequest): void {
  const stale = staleness(undoes, request.seen);
  if (stale === undefined) return;
  throw new UserError(
    `Nothing was done: #${request.undoes} is not what it was when you were asked; ${stale} Type \`/forge rollback #${request.undoes}\` to see it as it is now.`,
  );
}

function planAsShown(
  { seen, emergency }: RollBackRequest,
  { clock, shownPlans }: RollbackAdapters,
): Plan | undefined {
  const shown = shownPlans.find(seen.plan, clock.now());
  return emergency === true ? (shown?.emergency ?? shown?.plan) : shown?.plan;
}

/** Weights of somebody else that this person cannot have seen are not overridden. */
async function planAnew(
  { undoes, version, emergency }: RollBackRequest,
  adapters: RollbackAdapters,
): Promise<Plan> {
  const destination = version === undefined ? {} : { version };
  const preview = await previewRollbackOf(undoes, adapters, destination);
  if (preview.kind !== 'undo')
    throw new UserError(`Nothing was done: #${undoes} is being changed right now. Try again.`);
  const [foreign] = preview.foreign;
  if (foreign !== undefined) {
    throw new UserError(
      `Nothing was done: somebody else moved the traffic in ${foreign.region} (${foreign.shown}). Type \`/forge rollback #${undoes}\` to see it and to override it.`,
    );
  }
  return emergency === true ? (preview.emergency?.plan ?? preview.plan) : preview.plan;
}

async function createUndo(
  { undoes, plan }: { undoes: Deployment; plan: Plan },
  why: string | undefined,
  caller: Caller,
  { store, policy, clock }: RollbackAdapters,
): Promise<RollBackOutcome | 'conflict'> {
  const { service, environment, channel, number } = undoes;
  const deployment = await store.nextNumber();
  // As for a deployment: whatever is created after this look takes this number, and the commit is a conflict.
  const others = await store.unfinished({ service, environment });
  if (others.some((one) => isInTheWay(one) && !isReplaceable(one))) return 'conflict';
  const common = { by: caller.actor, cause: caller.arrival, ...(why === undefined ? {} : { why }) };
  const holding = { ...common, service, environment, channel, deployment, at: clock.now() };
  const held = isAutomatic(holding, policy) ? await holdChanges(holding, store) : [];
  const result = await store.commit([
    {
      kind: 'append',
      deployment,
      expect: 0,
      events: [
        { type: 'requested', service, environment, plan, channel, undoes: number },
        ...heldEvent(held),
      ],
      ...common,
    },
    {
      kind: 'append',
      deployment: number,
      expect: undoes.version,
      events: [{ type: 'undoing', by: deployment }],
      ...common,
    },
    ...endsOfStandbyAborted(undoes, caller),
    ...held,
    { kind: 'start-run', id: `prepare/${deployment}`, job: 'prepare', input: { deployment } },
    { kind: 'finish-arrival', id: caller.arrival, outcome: `deployment #${deployment}` },
  ]);
  switch (result) {
    case 'committed':
      return { kind: 'requested', deployment, undoes: number };
    case 'already-committed':
      return { kind: 'repeated' };
    case 'conflict':
      return 'conflict';
  }
}

/** What is kept warm is needed now: a run that is about to scale it down must not, and the rollback must not wait for it. */
function endsOfStandbyAborted(undoes: Deployment, { actor }: Caller): Change[] {
  return endStandbyRuns(undoes).map((run) => ({
    kind: 'abort-run',
    run,
    by: actor.userId,
    reason: `#${undoes.number} is rolled back`,
  }));
}
