import type * as DataPlane from '../data-plane/messages.ts';
import { scaledMs, type World } from '../world.ts';
import { type LoadBalancer, type Rule, stickySeconds, type TargetGroup } from './model.ts';

/** What the load balancers' process must know now. */
export function dataPlaneConfiguration(world: World, probeToken: string): DataPlane.Configuration {
  return {
    probeToken,
    listeners: world.loadBalancers.map((loadBalancer) => listenerOf(loadBalancer, world)),
    targetGroups: world.targetGroups.map((group) => targetGroupOf(group, world)),
  };
}

function listenerOf(loadBalancer: LoadBalancer, world: World): DataPlane.Listener {
  const rules = world.rules
    .filter(({ listener }) => listener === loadBalancer.listener)
    .toSorted((left, right) => order(left) - order(right));
  return {
    arn: loadBalancer.listener,
    port: loadBalancer.port,
    idleTimeoutMs: scaledMs(world, loadBalancer.idleTimeoutSeconds),
    rules: rules.map((rule) => ({
      conditions: rule.conditions.map(conditionOf),
      forward: rule.applied,
      stickyMs: rule.stickiness.enabled ? scaledMs(world, rule.stickiness.durationSeconds ?? 0) : 0,
    })),
  };
}

function order({ priority }: Rule): number {
  return priority === 'default' ? Number.POSITIVE_INFINITY : priority;
}

function conditionOf({ Field, Values, HttpHeaderConfig }: Rule['conditions'][number]): DataPlane.Condition {
  const name = HttpHeaderConfig?.HttpHeaderName.toLowerCase() ?? '';
  const fields = { 'http-header': 'header', 'host-header': 'host', 'path-pattern': 'path' } as const;
  return { field: fields[Field], name, values: Values };
}

function targetGroupOf(group: TargetGroup, world: World): DataPlane.TargetGroup {
  const { intervalSeconds, timeoutSeconds, ...healthCheck } = group.healthCheck;
  return {
    arn: group.arn,
    isUsed: world.rules.some(({ applied }) => applied.some(({ targetGroup }) => targetGroup === group.arn)),
    healthCheck: {
      ...healthCheck,
      intervalMs: scaledMs(world, intervalSeconds),
      // Real processes on a busy machine need a moment, however fast this world turns.
      timeoutMs: Math.max(scaledMs(world, timeoutSeconds), 1_000),
    },
    stickyMs: scaledMs(world, stickySeconds(group)),
    targets: group.targets.map(({ host, port, isDraining }) => ({ host, port, isDraining })),
  };
}
