import type { Step } from '../../src/domain/plan.ts';
import { otherColour } from '../../src/domain/traffic.ts';
import { watchAtWeight } from './bake.ts';
import type { StepRun } from './step-run.ts';

/** Looks a last time, then keeps the colour that was live warm, so that a rollback takes seconds, and lets the new one be scaled as its load asks. */
export async function standbyStep(step: Extract<Step, { kind: 'standby' }>, run: StepRun): Promise<string> {
  const { target } = run;
  const { id, region, on, seconds } = step;
  // Nobody has looked since the last bake, and a switch that is hard to take away keeps the deployment for long.
  const last = { id, region, to: otherColour(on), weight: 100 };
  await watchAtWeight(last, run, { goal: 'ready', length: 0, name: 'last ' });
  const kept = await run.settled('keep', async ({ platform, clock }, signal) => {
    await platform.autoscaling(target, { on, mode: 'keep' }, { signal });
    await platform.autoscaling(target, { on: otherColour(on), mode: 'normal' }, { signal });
    const { desired } = await platform.tasks(target, on, { signal });
    return { desired, until: clock.now() + seconds * 1000 };
  });
  await run.record('kept', [{ type: 'standby-kept', region: target.region, on, ...kept }]);
  return `${kept.desired} ${kept.desired === 1 ? 'task stays' : 'tasks stay'} warm`;
}
