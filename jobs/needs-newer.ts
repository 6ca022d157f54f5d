import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Change } from '../src/ports/store.ts';
import { byReconcile } from './by-reconcile.ts';
import type { RunView } from './engine/engine.ts';
import { atTheDeadline } from './keep-asking.ts';
import type { World } from './world.ts';

const TOLD = 'A newer version of Forge began this';

/**
 * An older Forge leads than the one that began it: the run waits for the newer one. People are told so, once, and when it
 * goes on again. A question that is open keeps its deadline: the run is not there to give the safe answer.
 */
export function needsNewer(
  deployment: Deployment,
  alive: readonly RunView[],
  { clock }: Pick<World, 'clock'>,
): Change[] {
  const { phase, trouble, abortRequestedBy } = deployment;
  const waiting = alive.find(({ needs }) => needs !== undefined);
  if (waiting === undefined) {
    return trouble?.startsWith(TOLD) === true ? [appended(deployment, { type: 'unblocked' })] : [];
  }
  if (abortRequestedBy !== undefined) return [];
  if (phase.kind === 'held' && phase.otherwise === 'abort' && clock.now() >= phase.deadline) {
    return atTheDeadline(deployment);
  }
  const reason = `${TOLD}, and an older one runs now (${waiting.job} needs version ${waiting.needs}). It goes on when the newer one runs again.`;
  return trouble === reason ? [] : [appended(deployment, { type: 'blocked', reason })];
}

function appended(deployment: Deployment, event: DeploymentEvent): Change {
  const { number, version } = deployment;
  return { kind: 'append', deployment: number, expect: version, events: [event], ...byReconcile(deployment) };
}
