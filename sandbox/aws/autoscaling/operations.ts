import type { Operation } from '../operation.ts';
import { describeScalingActivities, describeScalingPolicies, putScalingPolicy } from './policy-operations.ts';
import {
  deregisterScalableTarget,
  describeScalableTargets,
  registerScalableTarget,
} from './target-operations.ts';

/** The part of Application Auto Scaling's API this sandbox knows. */
export const autoScalingOperations: Record<string, Operation> = {
  DeregisterScalableTarget: deregisterScalableTarget,
  DescribeScalableTargets: describeScalableTargets,
  DescribeScalingActivities: describeScalingActivities,
  DescribeScalingPolicies: describeScalingPolicies,
  PutScalingPolicy: putScalingPolicy,
  RegisterScalableTarget: registerScalableTarget,
};
