import type { Step } from '../../src/domain/plan.ts';
import { ask } from '../ask.ts';
import { disarmAndRead, type SwitchRead } from './mind-switch.ts';
import type { StepRun } from './step-run.ts';

/** Takes the dead-man switch away and comes back only when it is proven gone. */
export async function disarmStep(step: Extract<Step, { kind: 'disarm' }>, run: StepRun): Promise<string> {
  const { context, world, target, deployment, title, limits } = run;
  const { poll, silence } = limits;
  // A call to set it that was cut may arrive late: until it cannot any more, one that is not there counts as not proven gone.
  let askAt = (await context.now()) + silence;
  for (let round = 1; ; round += 1) {
    const name = `disarm ${round}`;
    const read = await run.settled<SwitchRead>(name, (reached, signal) =>
      disarmAndRead(run, reached, signal),
    );
    if (read === 'gone') {
      await run.record('disarmed', [{ type: 'switch-disarmed', region: target.region }]);
      return 'taken away, confirmed';
    }
    if ((await context.now()) < askAt) {
      await context.sleep(`${step.id}: pause ${round}`, poll);
      continue;
    }
    const question = {
      question: `The dead-man switch of ${title} in ${target.region} is not proven gone: AWS was told ${round} times to take it away.`,
      resumeMeans: 'Resume tries again.',
      abortMeans: 'Abort sends all traffic back to what was live before.',
    };
    await ask(context, { deployment, name: `${step.id}: ${name}`, question }, world);
    askAt = (await context.now()) + silence;
  }
}
