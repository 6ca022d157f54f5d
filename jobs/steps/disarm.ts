import { mayHaveActed } from '../../src/domain/deployment.ts';
import type { Step } from '../../src/domain/plan.ts';
import type { Colour } from '../../src/domain/release.ts';
import { otherColour } from '../../src/domain/traffic.ts';
import { whoseSplit } from '../../src/domain/whose-split.ts';
import { ask } from '../ask.ts';
import { plannedSplit, versionBefore } from '../observe/subject.ts';
import { disarmAndRead, type SwitchRead } from '../switch-calls.ts';
import type { World } from '../world.ts';
import { StepFailed, type StepRun } from './step-run.ts';
import { firedWords } from './under-gates.ts';

/**
 * Takes the dead-man switch away and comes back only when it is proven gone. One that has fired is gone too: throws
 * `StepFailed` where it has moved the traffic before.
 */
export async function disarmStep(step: Extract<Step, { kind: 'disarm' }>, run: StepRun): Promise<string> {
  const { context, world, target, deployment, title, limits } = run;
  const { poll, silence } = limits;
  const { region } = target;
  const to = newColour(run);
  // A call to set it that was cut may arrive late: until it cannot any more, one that is not there counts as not proven gone.
  let askAt = (await context.now()) + silence;
  for (let round = 1; ; round += 1) {
    const name = `disarm ${round}`;
    const read = await run.settled<SwitchRead | 'fired'>(name, async (reached, signal) => {
      const left = await disarmAndRead(run.target, reached, signal);
      return left === 'gone' && (await hasFired(run, to, reached, signal)) ? 'fired' : left;
    });
    if (read === 'fired') {
      await run.record('fired', [{ type: 'switch-fired', region, to: otherColour(to) }]);
      throw new StepFailed(firedWords(run));
    }
    if (read === 'gone') {
      await run.record('disarmed', [{ type: 'switch-disarmed', region }]);
      return 'taken away, confirmed';
    }
    if ((await context.now()) < askAt) {
      await context.sleep(`${step.id}: pause ${round}`, poll);
      continue;
    }
    const question = {
      question: `The dead-man switch of ${title} in ${region} is not proven gone, so it may still move traffic back: AWS was told to take it away, and does not show that it has.`,
      resumeMeans: 'Resume tries again.',
      abortMeans: `Abort sends all traffic back to ${versionBefore(run)}.`,
    };
    await ask(context, { deployment, name: `${step.id}: ${name}`, question }, world);
    askAt = (await context.now()) + silence;
  }
}

/** Read once it cannot fire any more, so that nothing comes after. */
async function hasFired(
  run: StepRun,
  to: Colour,
  { platform, store }: World,
  signal: AbortSignal,
): Promise<boolean> {
  const { target, deployment, plan } = run;
  const { rules } = await platform.traffic(target, { signal });
  const state = await store.deployment(deployment);
  const whose = whoseSplit({
    ...{ rules, deployment, record: await store.traffic(target) },
    planned: plannedSplit({ plan, target, to }),
    isArmed: mayHaveActed(state?.switches[target.region]),
  });
  return whose.kind === 'safe';
}

/** The colour that the release is on, by the plan. */
function newColour({ plan, target }: StepRun): Colour {
  const shift = plan.steps.find(({ kind, region }) => kind === 'shift' && region === target.region);
  if (shift?.kind === 'shift') return shift.to;
  throw new Error(`The plan moves no traffic in ${target.region}`);
}
