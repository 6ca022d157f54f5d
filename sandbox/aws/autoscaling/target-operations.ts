import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Scope } from '../names.ts';
import { operation } from '../operation.ts';
import { page } from '../page.ts';
import type { World } from '../world.ts';
import { isOf, notSuspended, resourceIdOf, type ScalableTarget, scalableDimension } from './model.ts';

/** What names a target in every operation. */
export const TargetName = z.object({
  ServiceNamespace: z.literal('ecs', { error: 'this sandbox scales ECS services only' }),
  ResourceId: z.string().min(1),
  ScalableDimension: z.literal(scalableDimension),
});

const Capacity = z.int().min(0).optional();

/** Adds a target, or changes what is given of a known one. Idempotent. */
export const registerScalableTarget = operation(
  TargetName.extend({
    MinCapacity: Capacity,
    MaxCapacity: Capacity,
    RoleARN: z.string().optional(),
    SuspendedState: z
      .object({
        DynamicScalingInSuspended: z.boolean().optional(),
        DynamicScalingOutSuspended: z.boolean().optional(),
        ScheduledScalingSuspended: z.boolean().optional(),
      })
      .optional(),
  }),
  'ValidationException',
  (input, { world, scope }) => {
    const known = findTarget(world, scope, input.ResourceId);
    const minCapacity = input.MinCapacity ?? known?.minCapacity;
    const maxCapacity = input.MaxCapacity ?? known?.maxCapacity;
    if (minCapacity === undefined || maxCapacity === undefined) {
      refuse('MinCapacity and MaxCapacity are required for a new scalable target');
    }
    if (maxCapacity < minCapacity) refuse('Maximum capacity cannot be less than minimum capacity');
    const target = known ?? addTarget(world, scope, input.ResourceId);
    target.minCapacity = minCapacity;
    target.maxCapacity = maxCapacity;
    target.suspended = { ...target.suspended, ...givenOf(input.SuspendedState ?? {}) };
    world.changed();
    return { ScalableTargetARN: target.arn };
  },
);

export const describeScalableTargets = operation(
  z.object({
    ServiceNamespace: z.string(),
    ResourceIds: z.array(z.string()).max(50).optional(),
    ScalableDimension: z.string().optional(),
    MaxResults: z.int().min(1).max(50).default(50),
    NextToken: z.string().optional(),
  }),
  'ValidationException',
  (input, { world, scope }) => {
    const isWanted = input.ServiceNamespace === 'ecs' && (input.ScalableDimension ?? scalableDimension);
    const found = world.scalableTargets.filter(
      (target) =>
        isWanted === scalableDimension &&
        isOf(scope, target) &&
        (input.ResourceIds?.includes(target.resourceId) ?? true),
    );
    const { MaxResults: size, NextToken: token } = input;
    const { items, nextToken } = page(found, { size, token, refusal: 'InvalidNextTokenException' });
    return { ScalableTargets: items.map(targetView), NextToken: nextToken };
  },
);

export const deregisterScalableTarget = operation(
  TargetName,
  'ValidationException',
  ({ ResourceId }, { world, scope }) => {
    const target = knownTarget(world, scope, ResourceId);
    world.scalableTargets.splice(world.scalableTargets.indexOf(target), 1);
    const isOther = (one: Scope & { resourceId: string }) =>
      !isOf(scope, one) || one.resourceId !== ResourceId;
    world.scalingPolicies.splice(0, Infinity, ...world.scalingPolicies.filter(isOther));
    world.changed();
    return {};
  },
);

export function findTarget(world: World, scope: Scope, resourceId: string): ScalableTarget | undefined {
  return world.scalableTargets.find((target) => isOf(scope, target) && target.resourceId === resourceId);
}

/** Throws ObjectNotFoundException. */
export function knownTarget(world: World, scope: Scope, resourceId: string): ScalableTarget {
  const target = findTarget(world, scope, resourceId);
  if (target !== undefined) return target;
  const message = `No scalable target registered for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ${scalableDimension}`;
  throw new AwsError('ObjectNotFoundException', message);
}

/** Throws ValidationException when there is no such service. */
export function addTarget(world: World, { account, region }: Scope, resourceId: string): ScalableTarget {
  const service = world.services.find(
    (one) => isOf({ account, region }, one) && resourceIdOf(one) === resourceId,
  );
  if (service === undefined) refuse(`ECS service doesn't exist: ${resourceId}`);
  const target: ScalableTarget = {
    account,
    region,
    arn: `arn:aws:application-autoscaling:${region}:${account}:scalable-target/${resourceId}`,
    resourceId,
    minCapacity: 0,
    maxCapacity: 0,
    suspended: notSuspended,
    createdAt: new Date(),
  };
  world.scalableTargets.push(target);
  return target;
}

function targetView(target: ScalableTarget): object {
  return {
    ServiceNamespace: 'ecs',
    ResourceId: target.resourceId,
    ScalableDimension: scalableDimension,
    MinCapacity: target.minCapacity,
    MaxCapacity: target.maxCapacity,
    RoleARN: `arn:aws:iam::${target.account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    CreationTime: target.createdAt,
    SuspendedState: target.suspended,
    ScalableTargetARN: target.arn,
  };
}

function givenOf<Fields extends object>(fields: Fields): Partial<ScalableTarget['suspended']> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function refuse(message: string): never {
  throw new AwsError('ValidationException', message);
}
