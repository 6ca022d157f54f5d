import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Store } from '../src/ports/store.ts';
import { type HoldChange, heldEvent, holdAfter } from '../src/use-cases/automatic-hold.ts';
import { liveDeployment } from '../src/use-cases/preview-rollback.ts';
import type { JobChange } from './engine/engine.ts';
import { requireState } from './require-state.ts';
import { endsOfStandby, keepAgain, usedStandbys } from './standby-changes.ts';

type Ending = Extract<
  JobChange,
  { kind: 'append' | 'start-run' | 'abort-run' | 'hold-automatic' | 'announce' }
>;
type Append = Extract<Ending, { kind: 'append' }>;
type Ended = Extract<
  DeploymentEvent,
  { type: 'succeeded' | 'rolled-back' | 'aborted' | 'left' | 'refused' | 'expired' }
>;

/** How many deployments back the one whose release was live is looked for. */
const DEPTH = 50;

/**
 * The changes that end a deployment, with what its end means for others: the deployment it undoes is undone or not,
 * the one whose release was live is replaced, or is live again. None when it has ended already.
 */
export async function endings(number: number, event: Ended, store: Store): Promise<Ending[]> {
  const deployment = await requireState(number, store);
  if (isFinished(deployment)) return [];
  const ended = append(number, event, deployment.version);
  const { undoes } = deployment;
  if (event.type !== 'succeeded') {
    if (undoes === undefined) return withHold(ended, await holdAfter(deployment, store));
    const undone = await store.deployment(undoes);
    const kept = undone === undefined ? [] : keepAgain(undone);
    return [ended, append(undoes, { type: 'undo-failed', by: number }), ...kept];
  }
  const place = { service: deployment.service, environment: deployment.environment };
  const succeeded = await store.succeeded({ ...place, limit: DEPTH });
  if (undoes === undefined) {
    const live = liveDeployment(succeeded);
    const standbys = endsOfStandby(deployment);
    if (live === undefined) return [ended, ...standbys];
    return [ended, append(live.number, { type: 'replaced', by: number }), ...standbys];
  }
  const before = succeeded.find(({ replacedBy }) => replacedBy === undoes);
  const undone = succeeded.find((other) => other.number === undoes);
  const used = undone === undefined ? [] : usedStandbys(undone, number);
  const taken = [ended, append(undoes, { type: 'undone', by: number }), ...used];
  if (before === undefined || !isSameRelease(deployment, before)) return taken;
  return [...taken, append(before.number, { type: 'live-again', by: number })];
}

function withHold(ended: Append, held: HoldChange[]): Ending[] {
  return [{ ...ended, events: [...ended.events, ...heldEvent(held)] }, ...held];
}

function append(deployment: number, event: DeploymentEvent, expect: number | 'any' = 'any'): Append {
  return { kind: 'append', deployment, expect, events: [event] };
}

/** What was put back may be something that was put there outside Forge after `before`. */
function isSameRelease({ plan }: Deployment, before: Deployment): boolean {
  return Object.entries(plan.to.digests).every(
    ([region, digest]) => before.plan.to.digests[region] === digest,
  );
}
