import { randomUUID } from 'node:crypto';
import { setDesiredCount } from '../ecs/deployments.ts';
import type { Service } from '../ecs/model.ts';
import type { World } from '../world.ts';
import { resourceIdOf } from './model.ts';
import { findTarget } from './target-operations.ts';

/** What became of one ECS service that was to be scaled in. */
export type ScaleIn = {
  ecsService: string;
  outcome: 'scaled-in' | 'not-scalable' | 'suspended' | 'deploying' | 'at-minimum';
  from: number;
  to: number;
};

/**
 * What a target tracking policy does to a service that gets no traffic: its number of tasks goes down to the minimum.
 * Not when scaling in is suspended, and not during a deployment, as in AWS.
 */
export function scaleIn(service: Service, world: World): ScaleIn {
  const from = service.desiredCount;
  const stays = (outcome: ScaleIn['outcome']): ScaleIn => ({
    ecsService: service.name,
    outcome,
    from,
    to: from,
  });
  const target = findTarget(world, service, resourceIdOf(service));
  if (target === undefined) return stays('not-scalable');
  if (target.suspended.DynamicScalingInSuspended) return stays('suspended');
  if (service.deployments.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS'))
    return stays('deploying');
  const to = target.minCapacity;
  if (from <= to) return stays('at-minimum');
  setDesiredCount(service, to);
  const { account, region, resourceId } = target;
  world.scalingActivities.push({
    account,
    region,
    id: randomUUID(),
    resourceId,
    description: `Setting desired count to ${to}.`,
    cause: 'monitor alarm TargetTracking-AlarmLow in state ALARM triggered policy',
    status: 'Successful',
    at: new Date(),
  });
  world.changed();
  return { ecsService: service.name, outcome: 'scaled-in', from, to };
}
