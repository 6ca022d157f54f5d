import type { Caller } from '../domain/caller.ts';
import { requireLeavable } from '../domain/decisions.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { DeploymentEvent } from '../domain/events.ts';
import { keptStandbys } from '../domain/standby.ts';
import type { Change, Store } from '../ports/store.ts';
import { heldEvent, holdAfter } from './automatic-hold.ts';
import { decided, requireDeployment, type Steering } from './steer-deployment.ts';

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
    const undone = undoes === undefined ? undefined : await requireDeployment(undoes, store);
    const held = await holdAfter(deployment, store);
    const undo: Change[] =
      undone === undefined
        ? []
        : [
            {
              ...{ kind: 'append', deployment: undone.number, expect: 'any', ...common },
              events: [{ type: 'undo-failed', by: number }, ...standbysLeft(undone, number)],
            },
          ];
    return store.commit([
      {
        ...{ kind: 'append', deployment: number, expect: version, ...common },
        events: [{ type: 'left', reason }, ...heldEvent(held)],
      },
      ...held,
      ...undo,
      { kind: 'abort-run', run, by: actor.userId, reason },
      { kind: 'finish-arrival', id: arrival, outcome: `take-over of #${number}` },
    ]);
  });
}

/** The rollback had taken the colours that were kept warm, and Forge does not know what becomes of them now. */
function standbysLeft(undone: Deployment, by: number): DeploymentEvent[] {
  const reason = `left to the person who took over #${by}`;
  return keptStandbys(undone).map(({ region }) => ({ type: 'standby-ended', region, reason }));
}
