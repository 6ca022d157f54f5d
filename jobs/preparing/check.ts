import { type CheckResult, checkPlan } from '../check-plan.ts';
import { type Outcome, platformCall } from '../platform-call.ts';
import type { World } from '../world.ts';
import type { Context, Round } from './round.ts';

export type Checked = {
  outcome: Outcome<CheckResult>;
  /**
   * False: an earlier life of the run looked, and what it saw may be over. Not of the journal: nothing may depend on it but what
   * is written in one commit.
   */
  isOfNow: boolean;
};

/** Looks whether the plan still holds. */
export async function check(context: Context, { name, situation }: Round, world: World): Promise<Checked> {
  const { deployment: number } = context.input;
  const { now, lookAt } = situation;
  const isLongBefore = lookAt !== null && now < lookAt;
  let isOfNow = false;
  const look = (reached: World, signal: AbortSignal) => {
    isOfNow = true;
    return checkPlan({ number, isLongBefore }, reached, signal);
  };
  const outcome = await platformCall<CheckResult>(context, name('check the plan'), look, world);
  return { outcome, isOfNow };
}
