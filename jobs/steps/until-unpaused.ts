import type { Step } from '../../src/domain/plan.ts';
import { type TimesEvent, timesTold } from '../../src/domain/region-wait.ts';
import { mayGoOn } from '../region-times.ts';
import { requireState } from '../require-state.ts';
import { readAgain } from '../trouble.ts';
import type { World } from '../world.ts';
import { watchAtWeight } from './bake.ts';
import { StepFailed, type StepRun } from './step-run.ts';
import { weightBefore } from './weights.ts';

/** Between two looks whether a person has ended the pause. Milliseconds. */
const LOOK = 1000;

/** A pause that holds for so long is waited for anew, with an empty journal. */
const OPERATIONS_UNTIL_ANEW = 1000;

/** Whether promotion stands still; with what else there is to say where its times have a say. */
type Still = boolean | { isStill: boolean; tell: TimesEvent[]; closed?: string };

/**
 * Holds before a step while promotion is paused, or where its time is over and policy has it wait. Traffic that the new colour
 * has already stays under its gates meanwhile. Throws `StepFailed` where policy has it put back instead. `isBeginning`: it
 * has done nothing in the region yet, so that its time there is another question.
 */
export async function untilUnpaused(
  step: Step,
  run: StepRun,
  { isBeginning, round = 1 }: { isBeginning: boolean; round?: number },
): Promise<void> {
  // These wait by themselves, with their gates on.
  if (step.kind === 'shift' || step.kind === 'bake' || step.kind === 'approve') return;
  const { context, world, deployment, plan } = run;
  const again = round === 1 ? '' : `, round ${round}`;
  for (let look = 1; ; look += 1) {
    const seen = await context.operation(
      `${step.id}: paused? ${look}${again}`,
      ({ signal }) => {
        const within = look === 1 ? 0 : world.policy.timing.observe;
        return stillFor(deployment, { step, isBeginning, within }, world, signal);
      },
      { retry: readAgain },
    );
    const { isStill, tell = [], closed } = typeof seen === 'boolean' ? { isStill: seen } : seen;
    if (tell.length > 0) await run.record(`times told ${look}${again}`, tell);
    if (closed !== undefined) throw new StepFailed(closed);
    if (!isStill) return;
    const weight = weightBefore(plan, step);
    const shift = plan.steps.find(({ kind, region }) => kind === 'shift' && region === step.region);
    if (weight > 0 && shift?.kind === 'shift') {
      const watched = { id: step.id, region: step.region, to: shift.to, weight };
      await watchAtWeight(watched, run, { goal: 'ready', length: 0, name: 'paused, ' });
      return;
    }
    await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
  }
}

type Asked = { step: Step; isBeginning: boolean; within: number };

/** Whether it stands still, still after so many milliseconds; earlier where there is something to say. */
async function stillFor(
  deployment: number,
  { step, isBeginning, within }: Asked,
  world: World,
  signal: AbortSignal,
): Promise<Still> {
  const { clock } = world;
  for (const until = clock.now() + within; ; await clock.sleep(LOOK, signal)) {
    const still = await stillNow(deployment, { step, isBeginning }, world);
    if (still !== true || clock.now() >= until) return still;
  }
}

async function stillNow(
  deployment: number,
  { step, isBeginning }: Omit<Asked, 'within'>,
  world: World,
): Promise<Still> {
  const state = await requireState(deployment, world.store);
  const isPaused = state.paused !== undefined;
  if (isBeginning) return isPaused;
  const times = await mayGoOn(state, step.id, world);
  const isStill = isPaused || times.kind === 'hold';
  const tell = timesTold(state, times);
  if (times.kind === 'roll-back') return { isStill, tell, closed: times.reason };
  return tell.length === 0 ? isStill : { isStill, tell };
}
