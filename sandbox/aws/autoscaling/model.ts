import type { Scope } from '../names.ts';

/** What Application Auto Scaling may not do now. */
export type SuspendedState = {
  DynamicScalingInSuspended: boolean;
  DynamicScalingOutSuspended: boolean;
  ScheduledScalingSuspended: boolean;
};

/** An ECS service it may change the number of tasks of; the only kind of target here. */
export type ScalableTarget = Scope & {
  arn: string;
  /** `service/<cluster>/<service>`. */
  resourceId: string;
  minCapacity: number;
  maxCapacity: number;
  suspended: SuspendedState;
  createdAt: Date;
};

export type ScalingPolicy = Scope & {
  arn: string;
  name: string;
  resourceId: string;
  type: 'StepScaling' | 'TargetTrackingScaling';
  /** Shown as it was given. */
  configuration: Record<string, unknown>;
  createdAt: Date;
};

export type ScalingActivity = Scope & {
  id: string;
  resourceId: string;
  description: string;
  cause: string;
  status: 'Successful';
  at: Date;
};

export const scalableDimension = 'ecs:service:DesiredCount';
export const notSuspended: SuspendedState = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

export function resourceIdOf(service: { name: string; cluster: { name: string } }): string {
  return `service/${service.cluster.name}/${service.name}`;
}

export function isOf({ account, region }: Scope, thing: Scope): boolean {
  return thing.account === account && thing.region === region;
}
