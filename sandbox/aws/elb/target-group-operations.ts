import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { operation } from '../operation.ts';
import type { World } from '../world.ts';
import { deregistrationDelay, stickinessDuration, type TargetGroup } from './model.ts';
import { attributesView, targetGroupView, targetHealthView } from './views.ts';

export const describeTargetGroups = operation(
  z.object({
    LoadBalancerArn: z.string().optional(),
    TargetGroupArns: z.array(z.string()).optional(),
    Names: z.array(z.string()).optional(),
  }),
  'ValidationError',
  (input, { world, scope }) => {
    const mine = world.targetGroups.filter(
      ({ account, region }) => account === scope.account && region === scope.region,
    );
    const missing =
      input.TargetGroupArns?.find((arn) => !mine.some((one) => one.arn === arn)) ??
      input.Names?.find((name) => !mine.some((one) => one.name === name));
    if (missing !== undefined) throw notFound();
    const views = mine
      .filter(
        ({ arn, name }) =>
          (input.TargetGroupArns?.includes(arn) ?? true) && (input.Names?.includes(name) ?? true),
      )
      .map((group) => targetGroupView(group, world))
      .filter(
        ({ LoadBalancerArns: owners }) =>
          input.LoadBalancerArn === undefined || owners.includes(input.LoadBalancerArn),
      );
    return { TargetGroups: views };
  },
);

export const describeTargetHealth = operation(
  z.object({
    TargetGroupArn: z.string(),
    Targets: z.array(z.object({ Id: z.string(), Port: z.coerce.number().optional() })).optional(),
  }),
  'ValidationError',
  (input, { world }) => {
    const group = findTargetGroup(world, input.TargetGroupArn);
    const all = group.targets.map((target) => targetHealthView(target, group, world));
    if (input.Targets === undefined) return { TargetHealthDescriptions: all };
    const wanted = input.Targets.map(({ Id, Port }) => {
      const found = all.find(
        ({ Target }) => Target.Id === Id && (Port === undefined || Target.Port === Port),
      );
      return found ?? { Target: { Id, Port }, TargetHealth: notRegistered };
    });
    return { TargetHealthDescriptions: wanted };
  },
);

export const describeTargetGroupAttributes = operation(
  z.object({ TargetGroupArn: z.string() }),
  'ValidationError',
  (input, { world }) => attributesView(findTargetGroup(world, input.TargetGroupArn)),
);

export const modifyTargetGroupAttributes = operation(
  z.object({
    TargetGroupArn: z.string(),
    Attributes: z.array(z.object({ Key: z.string(), Value: z.string() })).min(1),
  }),
  'ValidationError',
  (input, { world }) => {
    const group = findTargetGroup(world, input.TargetGroupArn);
    for (const { Key, Value } of input.Attributes) refuseBadAttribute(group, Key, Value);
    for (const { Key, Value } of input.Attributes) group.attributes.set(Key, Value);
    world.changed();
    return attributesView(group);
  },
);

const notRegistered = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
};

function refuseBadAttribute(group: TargetGroup, key: string, value: string): void {
  if (!group.attributes.has(key)) {
    throw new AwsError('ValidationError', `Target group attribute key '${key}' is not recognized`);
  }
  const refusal = attributeRules[key]?.(value);
  if (refusal !== undefined) throw new AwsError('InvalidConfigurationRequest', `'${key}' ${refusal}`);
}

/** Why a value can't be, for attributes that not every value fits. */
const attributeRules: Record<string, (value: string) => string | undefined> = {
  [deregistrationDelay]: (value) => refuseOutside(value, 0, 3_600),
  [stickinessDuration]: (value) => refuseOutside(value, 1, 604_800),
  'slow_start.duration_seconds': (value) => (value === '0' ? undefined : refuseOutside(value, 30, 900)),
  'stickiness.enabled': (value) => (/^(true|false)$/.test(value) ? undefined : "must be 'true' or 'false'"),
  // Cookies of the application are not known here.
  'stickiness.type': (value) => (value === 'lb_cookie' ? undefined : "must be 'lb_cookie' in this sandbox"),
};

function refuseOutside(value: string, least: number, most: number): string | undefined {
  const number = Number(value);
  const fits = Number.isInteger(number) && number >= least && number <= most;
  return fits ? undefined : `must be between ${least} and ${most}`;
}

function findTargetGroup(world: World, arn: string): TargetGroup {
  const group = world.targetGroups.find((candidate) => candidate.arn === arn);
  if (group === undefined) throw notFound();
  return group;
}

function notFound(): AwsError {
  return new AwsError('TargetGroupNotFound', 'One or more target groups not found');
}
