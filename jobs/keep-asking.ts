import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Change } from '../src/ports/store.ts';
import { byReconcile } from './by-reconcile.ts';
import { nobody } from './engine/engine.ts';
import { runId } from './runs-of.ts';
import type { World } from './world.ts';

/**
 * What is due for a question that no run looks after: people are reminded once, in the middle of the time they have. At
 * the deadline of one about a lost run the safe answer is given; where a run waits, its operation gives it.
 */
export function keepAsking(deployment: Deployment, { clock }: Pick<World, 'clock'>): Change[] {
  const { phase, abortRequestedBy, remindedAt } = deployment;
  if (phase.kind !== 'held' || phase.via === undefined || abortRequestedBy !== undefined) return [];
  const now = clock.now();
  const { askedAt, deadline, via } = phase;
  if (now >= deadline) {
    if (via.kind === 'signal') return [];
    return atTheDeadline(deployment);
  }
  const isTime = now >= askedAt + (deadline - askedAt) / 2;
  return isTime && remindedAt === undefined ? [written(deployment, { type: 'reminded' })] : [];
}

/** The safe answer, where no run gives it. One that is there all the same is told to stop. */
export function atTheDeadline(deployment: Deployment): Change[] {
  const { number, run = runId('deploy', number, 1) } = deployment;
  const reason = 'nobody answered the question in time';
  return [
    written(deployment, { type: 'abort-requested' }, reason),
    { kind: 'abort-run', run, by: nobody, reason },
  ];
}

/** Somebody may answer at this very moment: the version decides who was first. */
function written(deployment: Deployment, event: DeploymentEvent, why?: string): Change {
  const { number, version } = deployment;
  return {
    kind: 'append',
    deployment: number,
    expect: version,
    events: [event],
    ...byReconcile(deployment),
    ...(why === undefined ? {} : { why }),
  };
}
