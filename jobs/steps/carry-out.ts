import type { Step } from '../../src/domain/plan.ts';
import { smokeStep } from './smoke.ts';
import type { StepRun } from './step-run.ts';
import { untilHealthy } from './until-healthy.ts';
import { verifyStep } from './verify.ts';

/** Carries out one step and returns a detail for people; throws `StepFailed` with the reason it cannot be done. */
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
    case 'restore': {
      const { on, revision } = step;
      await run.settled('restore', async (world, signal) => {
        await world.platform.restore(target, { on, revision }, { signal });
        return null;
      });
      return untilHealthy(run, step);
    }
    case 'smoke':
      return smokeStep(step, run);
    case 'verify':
      return verifyStep(step, run);
  }
}
