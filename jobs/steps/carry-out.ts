import type { Step } from '../../src/domain/plan.ts';
import { approveStep } from './approve.ts';
import { armStep } from './arm.ts';
import { bakeStep } from './bake.ts';
import { disarmStep } from './disarm.ts';
import { restoreStep } from './restore-step.ts';
import { retireStep } from './retire.ts';
import { returnStep } from './return.ts';
import { shiftStep } from './shift.ts';
import { smokeStep } from './smoke.ts';
import { standbyStep } from './standby.ts';
import type { StepRun } from './step-run.ts';
import { untilHealthy } from './until-healthy.ts';
import { verifyStep } from './verify.ts';
import { watchStep } from './watch.ts';

/** Carries out one step and returns a detail for people; throws `StepFailed` or `ServiceReplaced` with the reason it cannot be done. */
export async function carryOut(step: Step, run: StepRun): Promise<string | undefined> {
  const { target, release } = run;
  switch (step.kind) {
    case 'start': {
      const { on } = step;
      const { revision } = await run.settled('start', (world, signal) =>
        world.platform.start(target, { on, release }, { signal }),
      );
      return untilHealthy(run, { ...step, revision });
    }
    case 'restore':
      return restoreStep(step, run);
    case 'smoke':
      return smokeStep(step, run);
    case 'verify':
      return verifyStep(step, run);
    case 'arm':
      return armStep(step, run);
    case 'shift':
      return shiftStep(step, run);
    case 'bake':
      return bakeStep(step, run);
    case 'approve':
      return approveStep(step, run);
    case 'disarm':
      return disarmStep(step, run);
    case 'standby':
      return standbyStep(step, run);
    case 'return':
      return returnStep(step, run);
    case 'watch':
      return watchStep(step, run);
    case 'retire':
      return retireStep(step, run);
  }
}
