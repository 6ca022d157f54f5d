import type { Step } from '../../src/domain/plan.ts';
import { restoreStep } from './restore-step.ts';
import { smokeStep } from './smoke.ts';
import type { StepRun } from './step-run.ts';
import { untilHealthy } from './until-healthy.ts';
import { verifyStep } from './verify.ts';

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
  }
}
