import type { Deployment, StepState } from '../src/domain/deployment.ts';
import type { Step } from '../src/domain/plan.ts';

/**
 * Where and when a release that was put back again answered requests, and the most of them it got (percent); times in
 * milliseconds since the epoch.
 */
export type Served = { regions: string[]; since: number; until: number; share: number };

/** Undefined where no request came to it so far. */
export function servedBy(deployment: Deployment): Served | undefined {
  const { plan, steps, traffic, endedAt, changedAt } = deployment;
  const begun = plan.steps.flatMap((step) => {
    const served = servedIn(step, steps[step.id]);
    return served === undefined ? [] : [{ region: step.region, ...served }];
  });
  if (begun.length === 0) return undefined;
  const regions = [...new Set(begun.map(({ region }) => region))];
  // Where traffic was moved back, it was over then: watching goes on for a while.
  const overs = regions.map((region) => {
    const moved = traffic[region];
    return moved?.took === undefined ? undefined : moved.confirmedAt;
  });
  const isOver = overs.every((at) => at !== undefined);
  return {
    regions,
    since: Math.min(...begun.map(({ at }) => at)),
    until: isOver ? Math.max(...overs) : (endedAt ?? changedAt),
    share: Math.max(...begun.map(({ share }) => share)),
  };
}

/** A release serves once its start is finished, and one that waits on an idle colour from the moment traffic is moved to it. */
function servedIn(step: Step, state: StepState | undefined): { at: number; share: number } | undefined {
  if (state === undefined) return undefined;
  if (step.kind === 'shift') return { at: state.startedAt, share: step.weight };
  if (step.kind !== 'start' || step.on !== 'only' || state.kind !== 'finished') return undefined;
  return { at: state.endedAt, share: 100 };
}
