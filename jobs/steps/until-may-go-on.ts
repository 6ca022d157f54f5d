import type { Step } from '../../src/domain/plan.ts';
import { beginsLaterRegion } from '../../src/domain/region-wait.ts';
import type { StepRun } from './step-run.ts';
import { untilRegionMayBegin } from './until-region-may-begin.ts';
import { untilUnpaused } from './until-unpaused.ts';

/** Holds before a step until nobody has paused it and its time has come. `begun`: steps that an earlier run began. */
export async function untilMayGoOn(step: Step, run: StepRun, begun: readonly string[]): Promise<void> {
  const isBeginning = beginsLaterRegion(run.plan, step) && !begun.includes(step.id);
  if (!isBeginning) return untilUnpaused(step, run, { isBeginning });
  // Somebody may pause it while it waits for its time, and its time may be over by the end of a pause.
  for (let round = 1, hasWaited = true; hasWaited; round += 1) {
    await untilUnpaused(step, run, { isBeginning, round });
    hasWaited = await untilRegionMayBegin(step, run, round);
  }
}
