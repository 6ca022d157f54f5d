import type { World } from '../world.ts';
import type { LoadBalancer, Rule, Target, TargetGroup, Weighted } from './model.ts';

/** What the API shows of each thing. Every load balancer has one listener. */
export function loadBalancerView(loadBalancer: LoadBalancer, world: World): object {
  return {
    LoadBalancerArn: loadBalancer.arn,
    LoadBalancerName: loadBalancer.name,
    DNSName: world.publicHost(),
    CreatedTime: loadBalancer.createdAt,
    Scheme: 'internet-facing',
    State: { Code: 'active' },
    Type: 'application',
    IpAddressType: 'ipv4',
  };
}

export function listenerView(loadBalancer: LoadBalancer, world: World): object {
  const fallback = world.rules.find(
    (rule) => rule.listener === loadBalancer.listener && rule.priority === 'default',
  );
  return {
    ListenerArn: loadBalancer.listener,
    LoadBalancerArn: loadBalancer.arn,
    Port: loadBalancer.port,
    Protocol: 'HTTP',
    DefaultActions: fallback === undefined ? [] : actionsOf(fallback),
  };
}

export function ruleView(rule: Rule): object {
  return {
    RuleArn: rule.arn,
    Priority: String(rule.priority),
    Conditions: rule.conditions.map(conditionView),
    Actions: actionsOf(rule),
    IsDefault: rule.priority === 'default',
  };
}

function actionsOf({ forward, stickiness }: Rule): object[] {
  const [only] = forward;
  return [
    {
      Type: 'forward',
      // A rule with one target group is shown in both ways.
      TargetGroupArn: forward.length === 1 ? only?.targetGroup : undefined,
      Order: 1,
      ForwardConfig: {
        TargetGroups: forward.map(({ targetGroup, weight }) => ({
          TargetGroupArn: targetGroup,
          Weight: weight,
        })),
        TargetGroupStickinessConfig: {
          Enabled: stickiness.enabled,
          DurationSeconds: stickiness.durationSeconds,
        },
      },
    },
  ];
}

function conditionView({ Field, Values, HttpHeaderConfig }: Rule['conditions'][number]): object {
  switch (Field) {
    case 'http-header':
      return { Field, HttpHeaderConfig: { ...HttpHeaderConfig, Values } };
    case 'host-header':
      return { Field, Values, HostHeaderConfig: { Values } };
    case 'path-pattern':
      return { Field, Values, PathPatternConfig: { Values } };
  }
}

export function targetGroupView(group: TargetGroup, world: World) {
  const { healthCheck } = group;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: 'HTTP',
    Port: 8080,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    HealthCheckPath: healthCheck.path,
    Matcher: { HttpCode: healthCheck.codes },
    LoadBalancerArns: ownersOf(group, world),
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
  };
}

export function attributesView(group: TargetGroup): object {
  return { Attributes: [...group.attributes].map(([Key, Value]) => ({ Key, Value })) };
}

export function targetHealthView(target: Target, group: TargetGroup, world: World) {
  return {
    Target: { Id: target.host, Port: target.port },
    HealthCheckPort: String(target.port),
    TargetHealth: healthOf(target, ownersOf(group, world).length > 0),
  };
}

function healthOf(target: Target, isUsed: boolean): { State: string; Reason?: string; Description?: string } {
  if (target.isDraining) {
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    };
  }
  if (!isUsed) {
    return {
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    };
  }
  const { state, reason, description } = target.verdict;
  const health: { State: string; Reason?: string; Description?: string } = { State: state };
  if (reason !== undefined) health.Reason = reason;
  if (description !== undefined) health.Description = description;
  return health;
}

function ownersOf(group: TargetGroup, world: World): string[] {
  const names = (forward: readonly Weighted[]) =>
    forward.some(({ targetGroup }) => targetGroup === group.arn);
  return world.loadBalancers
    .filter(({ listener }) => world.rules.some((rule) => rule.listener === listener && names(rule.forward)))
    .map(({ arn }) => arn);
}
