import type { Caller } from '../domain/caller.ts';
import { requireLeavable } from '../domain/decisions.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Change, Store } from '../ports/store.ts';
import { decided, type Steering } from './steer-deployment.ts';

/**
 * Ends a deployment that cannot be brought to an end: Forge stops trying and leaves everything as it is, and the person
 * answers for it. Its runs notice by themselves before they touch the service again. Throws a `UserError` where it gets on.
 */
export async function takeOver(request: Steering, caller: Caller, store: Store): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    requireLeavable(deployment);
    const { number, undoes, version, run = `deploy/${number}` } = deployment;
    const { actor, arrival } = caller;
    const reason = request.why ?? 'Forge could not bring it to an end and stopped trying.';
    const common = { by: actor, cause: arrival };
    const undo: Change[] =
      undoes === undefined
        ? []
        : [
            {
              ...{ kind: 'append', deployment: undoes, expect: 'any', ...common },
              events: [{ type: 'undo-failed', by: number }],
            },
          ];
    return store.commit([
      { kind: 'append', deployment: number, expect: version, events: [{ type: 'left', reason }], ...common },
      ...undo,
      { kind: 'abort-run', run, by: actor.userId, reason },
      { kind: 'finish-arrival', id: arrival, outcome: `take-over of #${number}` },
    ]);
  });
}
