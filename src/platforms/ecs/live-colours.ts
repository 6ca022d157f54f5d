import {
  DescribeTargetGroupAttributesCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { callAws } from '../../aws/call.ts';
import type { Colour, Idle, Live } from '../../domain/release.ts';
import { otherColour } from '../../domain/traffic.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import { type ColoursSeen, refuseUnfitColours, refuseUnserved } from './fitness.ts';
import { type LiveTools, readRelease, refuseUnjudgeable } from './live.ts';
import type { EcsColours, EcsPlace } from './place.ts';
import { refuseUnfitPreview } from './preview-rules.ts';
import { chosen, type ListenerRule, readListeners } from './rules.ts';
import type { SeenRules } from './seen-rules.ts';
import { type EcsService, readServices } from './service.ts';
import { refuseUnsteady, shortRevision } from './steadiness.ts';
import { readTargetHealth } from './target-health.ts';

export type LiveColoursTools = LiveTools & { loadBalancing: ElasticLoadBalancingV2Client; seen: SeenRules };

/** What serves a target in colours; refused unless its set-up lets traffic be moved without dropping a request. */
export async function readLiveColours(
  colours: EcsColours,
  tools: LiveColoursTools,
  signal: AbortSignal,
): Promise<Live> {
  const seen = await readColours(colours, tools, signal);
  const { services, listeners, healthy } = seen;
  const rules = chosen(listeners, colours);
  for (const { arn, actions } of rules) tools.seen.note(arn, actions);
  const place = refuseUnfitColours(colours, { ...seen, rules });
  refuseUnfitPreview(colours, { rules, listeners });
  const service = services[place];
  refuseUnjudgeable(service, colours[place]);
  refuseUnserved(colours[place], healthy[place]);
  refuseUnsteady(service, colours[place]);
  const idlePlace = otherColour(place);
  const [live, idle] = await Promise.all([
    readRelease(colours[place], service, tools, signal),
    readIdle(colours[idlePlace], services[idlePlace], tools, signal),
  ]);
  return {
    place,
    ...live,
    desired: service.desired,
    idle: { place: idlePlace, ...idle, healthy: healthy[idlePlace] },
  };
}

/** Everything at once. */
async function readColours(
  colours: EcsColours,
  { ecs, loadBalancing }: LiveColoursTools,
  signal: AbortSignal,
): Promise<Omit<ColoursSeen, 'rules'> & { listeners: ListenerRule[]; healthy: Record<Colour, number> }> {
  const { blue, green } = colours;
  const [services, listeners, blueHealth, greenHealth, isBlueSticky, isGreenSticky] = await Promise.all([
    readServices(ecs, colours, signal),
    readListeners(loadBalancing, colours, signal),
    readTargetHealth(loadBalancing, blue.targetGroup, signal),
    readTargetHealth(loadBalancing, green.targetGroup, signal),
    readStickiness(loadBalancing, blue, signal),
    readStickiness(loadBalancing, green, signal),
  ]);
  return {
    services,
    listeners,
    healthy: { blue: blueHealth.healthy, green: greenHealth.healthy },
    isSticky: { blue: isBlueSticky, green: isGreenSticky },
  };
}

/** Whether the colour's target group keeps a client with its target by a cookie. */
async function readStickiness(
  loadBalancing: ElasticLoadBalancingV2Client,
  { targetGroup, title }: EcsColours[Colour],
  signal: AbortSignal,
): Promise<boolean> {
  const command = new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroup });
  const answer = await callAws(`read the target group of ${title}`, signal, (options) =>
    loadBalancing.send(command, options),
  );
  return (
    answer.Attributes?.some(({ Key, Value }) => Key === 'stickiness.enabled' && Value === 'true') ?? false
  );
}

/** Nothing depends on what the idle colour is called: where its revision is unlike the live one, its number must do. */
async function readIdle(
  place: EcsPlace,
  service: EcsService,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<Pick<Idle, 'revision' | 'version' | 'digest' | 'desired'>> {
  const { revision } = service.primary;
  try {
    const { version, digest } = await readRelease(place, service, tools, signal);
    const known = digest === undefined ? {} : { digest };
    return { revision, version, ...known, desired: service.desired };
  } catch (error) {
    if (!(error instanceof PlatformRefused)) throw error;
    return { revision, version: shortRevision(revision), desired: service.desired };
  }
}
