import type { Caller } from '../domain/caller.ts';
import { staleness } from '../domain/decisions.ts';
import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import type { Store } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';
import { isAskedBy } from './new-deployment.ts';
import { previewRollbackOf } from './preview-rollback.ts';

export type RollBackOutcome =
  | { kind: 'requested'; deployment: number; undoes: number }
  | { kind: 'under-way'; undoes: number; by: Deployment }
  | { kind: 'repeated' };

/** Two people may confirm the same rollback at once: whoever comes second sees the first one's, at the next look. */
const TRIES = 5;

/**
 * Undoes a deployment if that still means what the person saw of it.
 * A second confirmation of the same rollback is answered with the first one's deployment.
 */
export async function rollBack(
  request: { undoes: number; seen: { generation: number; digest: string }; why?: string },
  caller: Caller,
  adapters: Adapters,
): Promise<RollBackOutcome> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const preview = await previewRollbackOf(request.undoes, adapters);
    if (preview.kind === 'under-way') {
      const isRepeated = await isAskedBy(preview.by, caller, adapters.store);
      return isRepeated ? { kind: 'repeated' } : preview;
    }
    if (preview.kind === 'abort') {
      throw new UserError(
        `#${request.undoes} is still under way; use \`/forge abort #${request.undoes}\` to stop it.`,
      );
    }
    const stale = staleness(preview.undoes, request.seen);
    if (stale !== undefined) {
      throw new UserError(
        `Nothing was done: #${request.undoes} is not what it was when you were asked; ${stale} Type \`/forge rollback #${request.undoes}\` to see it as it is now.`,
      );
    }
    const outcome = await createUndo(preview, request.why, caller, adapters.store);
    if (outcome !== 'conflict') return outcome;
  }
  throw new Error(`Deployment #${request.undoes} changed ${TRIES} times while it was being rolled back`);
}

async function createUndo(
  { undoes, plan }: { undoes: Deployment; plan: Plan },
  why: string | undefined,
  caller: Caller,
  store: Store,
): Promise<RollBackOutcome | 'conflict'> {
  const { service, environment, channel, number } = undoes;
  const deployment = await store.nextNumber();
  // As for a deployment: whatever is created after this look takes this number, and the commit is a conflict.
  const [other] = await store.unfinished({ service, environment });
  if (other !== undefined) return 'conflict';
  const common = { by: caller.actor, cause: caller.arrival, ...(why === undefined ? {} : { why }) };
  const result = await store.commit([
    {
      kind: 'append',
      deployment,
      expect: 0,
      events: [{ type: 'requested', service, environment, plan, channel, undoes: number }],
      ...common,
    },
    {
      kind: 'append',
      deployment: number,
      expect: undoes.version,
      events: [{ type: 'undoing', by: deployment }],
      ...common,
    },
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
