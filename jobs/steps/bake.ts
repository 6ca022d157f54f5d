import type { Step } from '../../src/domain/plan.ts';
import { splitTo } from '../../src/domain/traffic.ts';
import { moveTraffic } from './move-traffic.ts';
import type { StepRun } from './step-run.ts';
import { takeUp } from './take-up.ts';
import { type Outcome, type UnderGates, underGates } from './under-gates.ts';
import { nextWeight, settleBefore } from './weights.ts';

/** A step during which the new colour stays at a weight. */
type Watched = Pick<Extract<Step, { kind: 'bake' }>, 'id' | 'region' | 'to' | 'weight'>;
type Goal = Pick<UnderGates, 'goal' | 'length'> & {
  /** Tells its looks from others of the step. */
  name?: string;
};

/** Watches the new colour at its weight until its targets hold at the end. Throws `StepFailed` when they do not. */
export async function bakeStep(
  step: Extract<Step, { kind: 'bake' }>,
  run: StepRun,
): Promise<string | undefined> {
  const { because } = await watchAtWeight(step, run, { goal: 'bake', length: step.seconds * 1000 });
  return because;
}

/** Until the goal is reached; where people say so, Forge's weights take the place of foreign ones, and it begins again. */
export async function watchAtWeight(
  step: Watched,
  run: StepRun,
  { name = '', ...goal }: Goal,
): Promise<Outcome> {
  const { to, weight } = step;
  let begin: UnderGates['begin'] = await takeUp(run, step);
  for (let round = 1; ; round += 1) {
    const outcome = await underGates(run, {
      ...{ step, weight, ...goal, begin, name: `${name}round ${round}, look` },
      ...nextWeight(run.plan, step),
    });
    if (outcome.kind === 'done') return outcome;
    await moveTraffic(run, {
      ...{ step, to, round, seen: outcome.seen },
      split: splitTo(to, weight),
      ...(outcome.shown === undefined ? {} : { over: outcome.shown }),
    });
    begin = { since: (await run.context.now()) + settleBefore(run.plan, step) };
  }
}
