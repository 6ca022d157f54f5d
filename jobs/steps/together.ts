import type { Step } from '../../src/domain/plan.ts';
import type { DeployInput } from '../deploy.ts';
import { type JobContext, OperationFailed } from '../engine/engine.ts';
import { isTakenOver, obedient } from '../obedient.ts';
import type { World } from '../world.ts';
import { carryOutStep, sharedBySteps } from './carry-out-step.ts';
import { ServiceReplaced } from './step-run.ts';
import { tellers } from './tellers.ts';
import { readWork } from './work.ts';

export type StepInput = DeployInput & { step: string };

/** Kinds of steps that regions do not wait for each other with; the first of them stands for its kind. */
const together: ReadonlySet<Step['kind']> = new Set(['return', 'watch']);

/** Steps in the order they are carried out; those that regions do side by side are one turn. */
export function turnsOf(steps: readonly Step[]): Step[][] {
  const turns: Step[][] = [];
  for (const step of steps) {
    const last = turns.at(-1);
    if (last !== undefined && isWith(step, last)) last.push(step);
    else turns.push([step]);
  }
  return turns;
}

/** A colour is started again by a rollback whose standby is gone; a service without colours goes region by region. */
function isWith(step: Step, turn: readonly Step[]): boolean {
  const [first] = turn;
  if (first?.kind !== step.kind || turn.some(({ region }) => region === step.region)) return false;
  return together.has(step.kind) || (step.kind === 'restore' && step.on !== 'only');
}

/** Carries out steps of several regions side by side, each in a run of its own, and waits for all of them. */
export async function carryOutTogether(
  context: JobContext<DeployInput>,
  steps: readonly Step[],
): Promise<void> {
  const branches = steps.map(({ id, region }) => {
    const input: StepInput = { ...context.input, step: id };
    return [region, { job: 'step', input }] as const;
  });
  try {
    await context.runAll(Object.fromEntries(branches));
  } catch (error) {
    // An abort ended them: it is delivered here.
    await context.now();
    if (error instanceof OperationFailed && error.errorName === 'ServiceReplaced') {
      throw new ServiceReplaced(error.message);
    }
    throw error;
  }
}

/** One step of a plan in a run of its own. */
export async function stepAlone(context: JobContext<StepInput>, reached: World): Promise<void> {
  const { deployment } = context.input;
  const world = obedient(reached, deployment);
  try {
    const work = await readWork(context, world);
    const step = work.plan.steps.find(({ id }) => id === context.input.step);
    if (work.isOver || step === undefined || work.done.includes(step.id)) return;
    const shared = sharedBySteps(work, true);
    await carryOutStep(context, { ...shared, step, tell: tellers(context)(step.region) }, world);
  } catch (error) {
    if (!isTakenOver(error)) throw error;
  }
}
