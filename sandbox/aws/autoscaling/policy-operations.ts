import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { page } from '../page.ts';
import { isOf, type ScalingActivity, type ScalingPolicy, scalableDimension } from './model.ts';
import { knownTarget, TargetName } from './target-operations.ts';

const Configuration = z.record(z.string(), z.unknown()).optional();
const Listing = z.object({
  ServiceNamespace: z.string(),
  ResourceId: z.string().optional(),
  MaxResults: z.int().min(1).max(50).default(50),
  NextToken: z.string().optional(),
});

/** Adds a policy or replaces the one of that name. Nothing acts on it by itself: the sandbox scales in when it is told. */
export const putScalingPolicy = operation(
  TargetName.extend({
    PolicyName: z.string().min(1).max(256),
    PolicyType: z.enum(['StepScaling', 'TargetTrackingScaling']).default('StepScaling'),
    StepScalingPolicyConfiguration: Configuration,
    TargetTrackingScalingPolicyConfiguration: Configuration,
  }),
  'ValidationException',
  (input, { world, scope }) => {
    const { ResourceId: resourceId, PolicyName: name, PolicyType: type } = input;
    knownTarget(world, scope, resourceId);
    const { account, region } = scope;
    const known = world.scalingPolicies.find(
      (one) => isOf(scope, one) && one.resourceId === resourceId && one.name === name,
    );
    const policy: ScalingPolicy = {
      account,
      region,
      arn:
        known?.arn ??
        `arn:aws:autoscaling:${region}:${account}:scalingPolicy:${randomUUID()}:resource/ecs/${resourceId}:policyName/${name}`,
      name,
      resourceId,
      type,
      configuration:
        input.TargetTrackingScalingPolicyConfiguration ?? input.StepScalingPolicyConfiguration ?? {},
      createdAt: known?.createdAt ?? new Date(),
    };
    const others = world.scalingPolicies.filter((one) => one !== known);
    world.scalingPolicies.splice(0, Infinity, ...others, policy);
    world.changed();
    return { PolicyARN: policy.arn, Alarms: [] };
  },
);

export const describeScalingPolicies = operation(
  Listing.extend({ PolicyNames: z.array(z.string()).optional() }),
  'ValidationException',
  (input, { world, scope }) => {
    const found = world.scalingPolicies.filter(
      (policy) =>
        isOf(scope, policy) &&
        (input.ResourceId === undefined || policy.resourceId === input.ResourceId) &&
        (input.PolicyNames?.includes(policy.name) ?? true),
    );
    const { items, nextToken } = pageOf(found, input);
    return { ScalingPolicies: items.map(policyView), NextToken: nextToken };
  },
);

export const describeScalingActivities = operation(
  Listing,
  'ValidationException',
  (input, { world, scope }) => {
    const found = world.scalingActivities
      .filter((activity) => isOf(scope, activity))
      .filter(({ resourceId }) => input.ResourceId === undefined || resourceId === input.ResourceId)
      .toReversed();
    const { items, nextToken } = pageOf(found, input);
    return { ScalingActivities: items.map(activityView), NextToken: nextToken };
  },
);

function policyView(policy: ScalingPolicy): object {
  const isTracking = policy.type === 'TargetTrackingScaling';
  return {
    PolicyARN: policy.arn,
    PolicyName: policy.name,
    ServiceNamespace: 'ecs',
    ResourceId: policy.resourceId,
    ScalableDimension: scalableDimension,
    PolicyType: policy.type,
    TargetTrackingScalingPolicyConfiguration: isTracking ? policy.configuration : undefined,
    StepScalingPolicyConfiguration: isTracking ? undefined : policy.configuration,
    Alarms: [],
    CreationTime: policy.createdAt,
  };
}

function activityView(activity: ScalingActivity): object {
  return {
    ActivityId: activity.id,
    ServiceNamespace: 'ecs',
    ResourceId: activity.resourceId,
    ScalableDimension: scalableDimension,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: activity.at,
    EndTime: activity.at,
    StatusCode: activity.status,
  };
}

function pageOf<Item>(items: readonly Item[], input: z.infer<typeof Listing>) {
  const { MaxResults: size, NextToken: token } = input;
  return page(items, { size, token, refusal: 'InvalidNextTokenException' });
}
