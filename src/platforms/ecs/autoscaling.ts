import {
  type ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type ScalableTarget,
  type SuspendedState,
} from '@aws-sdk/client-application-auto-scaling';
import { attemptBy, callAws, changeAws } from '../../aws/call.ts';
import type { EcsPlace } from './place.ts';

export type AutoscalingMode = 'normal' | 'keep' | 'off';

/**
 * What may not be done by itself in each mode. `normal` suspends nothing: a suspension that people set by hand on a service
 * Forge deploys ends with the next deployment. `keep` still adds tasks, as more requests come to a colour.
 */
const suspended: Record<AutoscalingMode, Required<SuspendedState>> = {
  normal: suspension({ scaleIn: false, others: false }),
  keep: suspension({ scaleIn: true, others: false }),
  off: suspension({ scaleIn: true, others: true }),
};

/** Idempotent. Least and most tasks stay as they are; an ECS service without auto scaling is left alone. */
export async function setAutoscaling(
  places: readonly EcsPlace[],
  mode: AutoscalingMode,
  autoScaling: ApplicationAutoScalingClient,
  signal: AbortSignal,
): Promise<void> {
  const targets = await readScalableTargets(places, autoScaling, signal);
  // What is described may be older than a change of ours: whatever it says, the wish is sent again.
  const scaled = places.filter((place) => targets.some(({ ResourceId }) => ResourceId === resourceId(place)));
  const writes = scaled.map((place) => suspend(place, mode, autoScaling, signal));
  for (const result of await Promise.allSettled(writes)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

const dimension = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

async function readScalableTargets(
  places: readonly EcsPlace[],
  autoScaling: ApplicationAutoScalingClient,
  signal: AbortSignal,
): Promise<ScalableTarget[]> {
  const command = new DescribeScalableTargetsCommand({ ...dimension, ResourceIds: places.map(resourceId) });
  const what = `read the auto scaling of ${titlesOf(places)}`;
  const answer = await callAws(what, signal, (options) => autoScaling.send(command, options));
  return answer.ScalableTargets ?? [];
}

async function suspend(
  place: EcsPlace,
  mode: AutoscalingMode,
  autoScaling: ApplicationAutoScalingClient,
  signal: AbortSignal,
): Promise<void> {
  const command = new RegisterScalableTargetCommand({
    ...dimension,
    ResourceId: resourceId(place),
    SuspendedState: suspended[mode],
  });
  await changeAws(`change the auto scaling of ${place.title}`, { signal }, (attempt) => {
    attemptBy(attempt, command);
    return autoScaling.send(command);
  });
  signal.throwIfAborted();
}

function suspension({ scaleIn, others }: { scaleIn: boolean; others: boolean }): Required<SuspendedState> {
  return {
    DynamicScalingInSuspended: scaleIn,
    DynamicScalingOutSuspended: others,
    ScheduledScalingSuspended: others,
  };
}

function resourceId({ cluster, ecsService }: EcsPlace): string {
  return `service/${cluster}/${ecsService}`;
}

function titlesOf(places: readonly EcsPlace[]): string {
  return places.map(({ title }) => title).join(' and ');
}
