import type { Step } from '../../src/domain/plan.ts';
import { splitTo } from '../../src/domain/traffic.ts';
import { moveTraffic } from './move-traffic.ts';
import { requireBaseline } from './region-baseline.ts';
import type { StepRun } from './step-run.ts';
import { takeUp } from './take-up.ts';
import { type Outcome, underGates } from './under-gates.ts';
import { nextWeight, weightBefore } from './weights.ts';

/**
 * Gives the new colour its next share of the traffic, once nothing stands against it: no pause, no foreign weights, every
 * task healthy, and, where it has traffic already, no gate that fails. Throws `StepFailed` or `ServiceReplaced`.
 */
export async function shiftStep(step: Extract<Step, { kind: 'shift' }>, run: StepRun): Promise<string> {
  const { to, weight } = step;
  const had = weightBefore(run.plan, step);
  if (had === 0) await requireBaseline(run, to);
  for (let round = 1; ; round += 1) {
    const ready = await untilReady(run, { step, had, round });
    // To put Forge's weights in place of foreign ones is no go-ahead: a pause or a sick task stands against that still.
    const isReady = ready.kind === 'done';
    const moved = await moveTraffic(run, {
      ...{ step, to, round, seen: ready.seen },
      split: splitTo(to, isReady ? weight : had),
      ...(ready.shown === undefined ? {} : { over: ready.shown }),
    });
    if (isReady && moved === 'moved') return `${weight} % confirmed by the load balancer`;
  }
}

async function untilReady(
  run: StepRun,
  { step, had, round }: { step: Extract<Step, { kind: 'shift' }>; had: number; round: number },
): Promise<Outcome> {
  const begin = await takeUp(run, step);
  return underGates(run, {
    step,
    weight: had,
    ...nextWeight(run.plan, step),
    goal: 'ready',
    length: 0,
    begin: { since: begin.since, at: begin.at },
    name: `round ${round}, look`,
  });
}
