import type { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ofTasks } from '../../domain/tasks.ts';
import type { EcsPlace } from './place.ts';
import { type EcsService, oldTasks } from './service.ts';
import { readTargetHealth, type TargetHealth } from './target-health.ts';
import { readTaskDefinition } from './task-definition.ts';
import { readTasks } from './tasks.ts';
import { taskCount } from './words.ts';

/** How many of the primary revision's tasks can do their work. */
export type Readiness = {
  ready: number;
  /** In words, for when that is enough. */
  detail: string;
  /** Why it is not enough yet. */
  problem?: string;
};

type ReadinessTools = { ecs: ECSClient; loadBalancing: ElasticLoadBalancingV2Client };

export async function readReadiness(
  place: EcsPlace,
  service: EcsService,
  tools: ReadinessTools,
  signal: AbortSignal,
): Promise<Readiness> {
  if (place.service.kind === 'worker') return workerReadiness(place, service, tools.ecs, signal);
  if (service.targetGroups.length === 0) {
    const problem = 'the ECS service has no target group, so nothing tells whether requests reach it';
    return { ready: 0, detail: '', problem };
  }
  const groups = await Promise.all(
    service.targetGroups.map((group) => readTargetHealth(tools.loadBalancing, group, signal)),
  );
  return webReadiness(service, groups);
}

function webReadiness(service: EcsService, groups: readonly TargetHealth[]): Readiness {
  const healthy = Math.min(...groups.map((group) => group.healthy));
  // Targets do not say which revision they belong to: old tasks that still run are taken off, so this is the least it can be.
  const ready = Math.min(service.primary.running, Math.max(0, healthy - oldTasks(service)));
  const problem = groups.flatMap((group) => group.others)[0];
  return {
    ready,
    detail: `${taskCount(service.primary.running)} running, ${healthy} healthy behind the load balancer`,
    ...(problem === undefined ? {} : { problem: `a target is ${problem}` }),
  };
}

/** A task without a container health check counts as soon as it runs: there is nothing else to ask. */
async function workerReadiness(
  place: EcsPlace,
  service: EcsService,
  ecs: ECSClient,
  signal: AbortSignal,
): Promise<Readiness> {
  const { definition } = await readTaskDefinition(ecs, service.primary.revision, signal);
  const isChecked = definition.containerDefinitions?.some((container) => container.healthCheck !== undefined);
  const tasks = await readTasks(ecs, place, 'RUNNING', signal);
  const own = tasks.filter((task) => task.startedBy === service.primary.id && task.lastStatus === 'RUNNING');
  if (isChecked !== true) {
    return { ready: own.length, detail: `${taskCount(own.length)} running, without a health check` };
  }
  const ready = own.filter((task) => task.healthStatus === 'HEALTHY').length;
  const sick = own.filter((task) => task.healthStatus === 'UNHEALTHY').length;
  return {
    ready,
    detail: `${taskCount(ready)} running and healthy`,
    ...(sick === 0
      ? {}
      : {
          problem: `${ofTasks(sick, own.length)} ${sick === 1 ? 'fails its' : 'fail their'} container health check`,
        }),
  };
}
