import type { Step } from '../../src/domain/plan.ts';
import { type TimesEvent, timesTold } from '../../src/domain/region-wait.ts';
import { DEPLOY_BELL } from '../../src/use-cases/deploy-bell.ts';
import { mayBegin } from '../region-times.ts';
import { requireState } from '../require-state.ts';
import { readAgain } from '../trouble.ts';
import type { World } from '../world.ts';
import type { StepRun } from './step-run.ts';

/** A wait that is looked at so often goes on with an empty journal. */
const OPERATIONS_UNTIL_ANEW = 1000;

type Look = {
  isOpen: boolean;
  /** When it may at the latest as things stand, or waits for something else. Milliseconds since the epoch; null: nobody knows. */
  until: number | null;
  /** What people do not know yet. */
  tell: TimesEvent[];
  /** Of the deployment that was looked at. */
  version: number;
};

/**
 * Waits before the first step of a later region until it may begin there: by itself when its time comes, at once when
 * somebody lifts, releases or allows something. Whether it had to wait.
 */
export async function untilRegionMayBegin(
  step: Step,
  { context, world, deployment, record }: StepRun,
  round: number,
): Promise<boolean> {
  let hasWaited = false;
  for (let look = 1; ; look += 1) {
    await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
    const name = `${step.id}: may it begin? ${round}.${look}`;
    const seen = await context.operation(name, () => lookAt(step, deployment, world), { retry: readAgain });
    const { isOpen, until, tell, version } = seen;
    if (
      tell.length > 0 &&
      (await record(`may it begin: told ${round}.${look}`, tell, { expect: version })) === 'conflict'
    )
      continue;
    if (isOpen) return hasWaited;
    hasWaited = true;
    await context.waitFor(DEPLOY_BELL, until === null ? {} : { within: { until } });
  }
}

async function lookAt({ region }: Step, number: number, world: World): Promise<Look> {
  const state = await requireState(number, world.store);
  const times = await mayBegin(state, region, world);
  return {
    isOpen: times.kind !== 'hold',
    until: times.kind === 'hold' ? (times.lookAgainAt ?? times.wait.until ?? null) : null,
    tell: timesTold(state, times),
    version: state.version,
  };
}
