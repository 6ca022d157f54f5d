import type { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Colour, Release } from '../../domain/release.ts';
import { otherColour } from '../../domain/traffic.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import { setAutoscaling } from './autoscaling.ts';
import type { EcsColours } from './place.ts';
import { splitOf } from './rule-actions.ts';
import { type ListenerRule, readRules } from './rules.ts';
import { type EcsService, readServices } from './service.ts';
import { pinnedImage, revisionWith, type StartTools } from './start.ts';
import { refuseUnsteady } from './steadiness.ts';
import { imageContainer, readTaskDefinition } from './task-definition.ts';
import { updateService } from './update-service.ts';

export type StartColourTools = StartTools & {
  loadBalancing: ElasticLoadBalancingV2Client;
  autoScaling: ApplicationAutoScalingClient;
};

/**
 * Starts a release on a colour that takes no traffic: a copy of the other colour's revision with the release's image, with
 * at least as many tasks as the other colour is wanted to have. Called again it finds that revision and adds nothing.
 */
export async function startOnColour(
  colours: EcsColours,
  { on, release }: { on: Colour; release: Release },
  tools: StartColourTools,
  signal: AbortSignal,
): Promise<{ revision: string }> {
  const other = otherColour(on);
  const [place, livePlace] = [colours[on], colours[other]];
  const image = pinnedImage(place, release);
  const [services, rules] = await Promise.all([
    readServices(tools.ecs, colours, signal),
    readRules(tools.loadBalancing, colours, signal),
  ]);
  const [service, live] = [services[on], services[other]];
  const described = await readTaskDefinition(tools.ecs, live.primary.revision, signal);
  const container = imageContainer(described.definition, livePlace);
  const family = familyOf(service.primary.revision);
  const revision = await revisionWith(
    { live: described, container, image, release, family, present: service.primary.revision },
    tools,
    signal,
  );
  const isHidden = tools.sent.hides(place, revision, service);
  if (service.primary.revision !== revision && !isHidden) {
    refuseTraffic(colours, on, rules);
    refuseUnsteady(live, livePlace);
    if (isBusy(service)) refuseUnsteady(service, place);
  }
  // Before its tasks: a colour without traffic is scaled in by its policies as soon as it has some.
  await setAutoscaling([place, livePlace], 'keep', tools.autoScaling, signal);
  const desired = Math.max(live.desired, service.desired);
  // A rollout that failed and was then given up starts no tasks again.
  const isGivenUp = service.primary.state === 'failed' && service.desired === 0;
  const forceNewDeployment = service.primary.revision === revision && isGivenUp && !isHidden;
  await updateService(tools, place, { revision, service, desired, forceNewDeployment }, signal);
  return { revision };
}

/** A release is put on a colour that nobody uses, or on none. */
function refuseTraffic(colours: EcsColours, on: Colour, rules: readonly ListenerRule[]): void {
  const isUsed = rules.some(({ actions }) => {
    const split = splitOf(actions, colours);
    return 'other' in split || split[on] > 0;
  });
  if (!isUsed) return;
  throw new PlatformRefused(
    `${colours[on].title} takes traffic by now: a release must not be started on it. Ask for the deployment again: it is then planned for the other colour.`,
  );
}

/** Somebody else is changing it. What a change that failed left behind on an idle colour does no harm. */
function isBusy({ primary, others, desired }: EcsService): boolean {
  return desired > 0 && primary.state !== 'failed' && (primary.state === 'in-progress' || others.length > 0);
}

/** `api-green` of `arn:…:task-definition/api-green:7`. */
function familyOf(revision: string): string {
  return revision.replace(/^.*\//, '').replace(/:\d+$/, '');
}
