import type { HealthVerdict } from '../data-plane/target-health.ts';
import type { Scope } from '../names.ts';

export type TargetGroup = Scope & {
  arn: string;
  name: string;
  /** Settings in AWS's seconds. */
  healthCheck: {
    path: string;
    intervalSeconds: number;
    timeoutSeconds: number;
    healthyThreshold: number;
    unhealthyThreshold: number;
    codes: string;
  };
  attributes: Map<string, string>;
  targets: Target[];
};

export type Target = { host: string; port: number; isDraining: boolean; verdict: HealthVerdict };

export type Condition = {
  Field: 'http-header' | 'host-header' | 'path-pattern';
  Values: string[];
  HttpHeaderConfig?: { HttpHeaderName: string };
};
export type Weighted = { targetGroup: string; weight: number };
export type Stickiness = { enabled: boolean; durationSeconds: number | undefined };

export type Rule = {
  arn: string;
  listener: string;
  priority: number | 'default';
  conditions: Condition[];
  /** What DescribeRules shows. */
  forward: Weighted[];
  stickiness: Stickiness;
  /** What the load balancer does; follows `forward` after a moment. */
  applied: Weighted[];
};

export type LoadBalancer = Scope & {
  arn: string;
  name: string;
  listener: string;
  /** The wanted port, later the one it listens on. */
  port: number;
  idleTimeoutSeconds: number;
  createdAt: Date;
};

export const deregistrationDelay = 'deregistration_delay.timeout_seconds';

export const stickinessDuration = 'stickiness.lb_cookie.duration_seconds';

/** How long a client stays with its target; 0 = not at all. */
export function stickySeconds(group: TargetGroup): number {
  return group.attributes.get('stickiness.enabled') === 'true'
    ? Number(group.attributes.get(stickinessDuration))
    : 0;
}

export function deregistrationDelaySeconds(group: TargetGroup): number {
  return Number(group.attributes.get(deregistrationDelay) ?? 300);
}
