import type { Aws } from '../../../sandbox/aws/aws.ts';
import type { DeployWorld } from './deploy-world.ts';
import type { Expectation } from './journey.ts';

/** Answers of the load balancer itself: there was nobody to ask. */
const NOBODY = /^50[234]$/u;

/** Where it is looked at, and what is wanted of it. */
type Shown = { world: Pick<DeployWorld, 'aws' | 'traffic' | 'effects' | 'customers'> };
type Wanted = Pick<Expectation, 'rollouts' | 'revisions' | 'weights' | 'standby'>;

/** What the world shows that is not as promised, whatever Forge says of it. */
export function worldViolations(stage: Shown, expected: Wanted): string[] {
  const { traffic, effects, customers, aws } = stage.world;
  const found = traffic.violations();
  if (effects.rollouts() > expected.rollouts) {
    found.push(`ECS began ${effects.rollouts()} deployments instead of ${expected.rollouts}`);
  }
  if (effects.revisions() > expected.revisions) {
    found.push(`${effects.revisions()} task definitions were registered instead of ${expected.revisions}`);
  }
  for (const [what, times] of customers.failed()) {
    if (NOBODY.test(what) || !/^\d+$/u.test(what)) {
      found.push(`${times} of ${customers.sent()} requests of customers failed: ${what}`);
    }
  }
  for (const { name } of aws.truth.schedules) found.push(`the schedule ${name} is still there`);
  if (expected.weights !== undefined) found.push(...colourViolations(stage, expected, expected.weights));
  return found;
}

function colourViolations(
  { world }: Shown,
  { standby }: Wanted,
  weights: readonly (readonly number[])[],
): string[] {
  const { aws, traffic } = world;
  const found: string[] = [];
  let live: string | undefined;
  for (const [rule, green] of traffic.moves()) {
    live = green.at(-1) === 100 ? 'api-green' : 'api-blue';
    const blue = green.map((weight) => 100 - weight);
    const isAsWanted = weights.some((wanted) => [green, blue].some((seen) => seen.join() === wanted.join()));
    if (!isAsWanted) found.push(`the rule ${rule.slice(-4)} went over ${green.join(', ')} % for green`);
  }
  for (const name of ['api-blue', 'api-green']) {
    const wanted = name === live || standby === 'kept' ? 2 : 0;
    const service = aws.truth.services.find((each) => each.name === name);
    if (service?.desiredCount !== wanted) {
      found.push(`${name} is wanted to have ${service?.desiredCount} tasks instead of ${wanted}`);
    }
    const mode = modeOf(aws, name);
    const right = name === live ? 'normal' : { kept: 'keep', none: 'off' }[standby];
    if (mode !== right) found.push(`the auto scaling of ${name} is ${mode} instead of ${right}`);
  }
  return found;
}

function modeOf({ truth }: Aws, name: string): string {
  const target = truth.scalableTargets.find(({ resourceId }) => resourceId.endsWith(`/${name}`));
  if (target === undefined) return 'missing';
  const { DynamicScalingInSuspended, DynamicScalingOutSuspended } = target.suspended;
  if (DynamicScalingOutSuspended) return 'off';
  return DynamicScalingInSuspended ? 'keep' : 'normal';
}
