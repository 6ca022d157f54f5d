import { type ApprovalStanding, approvalStanding } from '../../src/domain/approval-standing.ts';
import { checksStanding } from '../../src/domain/check-standing.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { digestOf } from '../../src/domain/json.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { substanceOf } from '../../src/domain/plan-changes.ts';
import { checksFor } from '../../src/domain/policy-checks.ts';
import { planAgain } from '../../src/use-cases/plan-again.ts';
import type { CheckFailed } from '../check-plan.ts';
import { requireState } from '../require-state.ts';
import type { World } from '../world.ts';
import { imageOf } from './image-of.ts';
import { rulesFor } from './situation.ts';

/**
 * `standing`: of its approval with the new plan. `isSame`: as before in everything of substance. `isToBeChecked`: checks of its image
 * come before anybody is asked.
 */
export type Replanned =
  | {
      kind: 'replanned';
      plan: Plan;
      standing: ApprovalStanding;
      isSame: boolean;
      isToBeChecked?: boolean;
    }
  | CheckFailed;

/** The same release in the same way, planned for what is live now and under the policy of now. Errors as the platform's. */
export async function replan(number: number, world: World, signal: AbortSignal): Promise<Replanned> {
  const deployment = await requireState(number, world.store);
  return replanned(deployment, deployment.plan, world, signal);
}

/** The same with the image that was made meanwhile: by its digest in every region. */
export async function replanWithImage(number: number, world: World, signal: AbortSignal): Promise<Replanned> {
  const deployment = await requireState(number, world.store);
  const image = await imageOf(deployment, world, signal);
  if (image.kind !== 'there') return { kind: 'failed', about: 'image', problem: image.says };
  const { plan } = deployment;
  const to = { ...plan.to, digests: image.digests };
  const planned = await replanned({ ...deployment, plan: { ...plan, to } }, plan, world, signal);
  if (planned.kind === 'failed') return planned;
  const checks = checksStanding(deployment, {
    policy: checksFor(deployment, world.policy),
    ...{ isImageThere: true, now: world.clock.now() },
  });
  return { ...planned, isToBeChecked: checks.kind !== 'cleared' };
}

/** `before`: what people know. */
async function replanned(
  deployment: Deployment,
  before: Plan,
  world: World,
  signal: AbortSignal,
): Promise<Replanned> {
  const again = await planAgain(deployment, world, signal);
  if (again.kind === 'failed') return { kind: 'failed', about: 'plan', problem: again.reason };
  const { plan } = again;
  const standing = approvalStanding(
    { ...deployment, plan },
    rulesFor(deployment, world.policy),
    world.clock.now(),
  );
  const isSame = digestOf(substanceOf(plan)) === digestOf(substanceOf(before));
  return { kind: 'replanned', plan, standing, isSame };
}
