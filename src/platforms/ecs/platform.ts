import type { AwsClients } from '../../aws/clients.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Place, Target } from '../../domain/release.ts';
import type { Platform } from '../../ports/platform.ts';
import { setAutoscaling } from './autoscaling.ts';
import { readHealth } from './health.ts';
import { type DescribeImage, readLive } from './live.ts';
import { readLiveColours } from './live-colours.ts';
import { coloursOf, isInColours, placeOf } from './place.ts';
import { restoreRevision } from './restore.ts';
import { compareRunningImages } from './running-images.ts';
import { SeenRules } from './seen-rules.ts';
import { SentUpdates } from './sent-updates.ts';
import { readService, runningTasks } from './service.ts';
import { startRelease } from './start.ts';
import { startOnColour } from './start-colour.ts';
import { readTraffic, setTraffic } from './traffic.ts';
import { scaleService } from './update-service.ts';

type EcsTiming = {
  /** ECS describes a service as it is at most this long after a change of it. Milliseconds. */
  visibleWithin: number;
};

export type EcsPlatformOptions = {
  policy: Policy;
  clients: AwsClients;
  describeImage: DescribeImage;
  /** Default: 30 s. */
  timing?: EcsTiming;
  /** Milliseconds since the epoch. */
  now?: () => number;
};

/** What a listener rule does besides splitting traffic is known for so long after it was read. Milliseconds. */
const RULES_LAST = 30_000;

/** Services on AWS ECS: one that replaces its tasks by rolling deployments, or two in colours behind one load balancer. */
export function createEcsPlatform(options: EcsPlatformOptions): Platform {
  const { policy, clients, describeImage } = options;
  const { timing = { visibleWithin: 30_000 }, now = Date.now } = options;
  const sent = new SentUpdates({ ...timing, now });
  const seen = new SeenRules({ lasts: RULES_LAST, now });
  const place = (target: Target, on: Place) => placeOf(policy, target, on);
  const colours = (target: Target) => coloursOf(policy, target);
  const looking = (target: Target) => clients.in(target.region).poll;
  const asking = (target: Target) => ({ ...clients.in(target.region).ask, describeImage, seen });
  const acting = (target: Target) => ({ ...clients.in(target.region).act, sent, seen });
  return {
    async live(target, { signal }) {
      if (isInColours(policy, target)) return readLiveColours(colours(target), asking(target), signal);
      return readLive(place(target, 'only'), asking(target), signal);
    },
    async start(target, { on, release }, { signal }) {
      if (on !== 'only') return startOnColour(colours(target), { on, release }, acting(target), signal);
      return startRelease(place(target, on), release, acting(target), signal);
    },
    async restore(target, { on, revision, digest, desired }, { signal }) {
      const wish = { revision, digest, desired };
      return restoreRevision(place(target, on), wish, acting(target), signal);
    },
    async health(target, { on, revision }, { signal }) {
      return readHealth(place(target, on), revision, { ...looking(target), sent, now }, signal);
    },
    async runningImages(target, { on, digest }, { signal }) {
      return compareRunningImages(place(target, on), digest, looking(target).ecs, signal);
    },
    async traffic(target, { signal }) {
      return readTraffic(colours(target), acting(target), signal);
    },
    async setTraffic(target, split, { signal }) {
      await setTraffic(colours(target), split, acting(target), signal);
    },
    async tasks(target, on, { signal }) {
      const service = await readService(looking(target).ecs, colours(target)[on], signal);
      const { desired, primary } = service;
      return { desired, running: runningTasks(service), revision: primary.revision };
    },
    async scale(target, { on, desired }, { signal }) {
      await scaleService(acting(target), colours(target)[on], desired, signal);
    },
    async autoscaling(target, { on, mode }, { signal }) {
      await setAutoscaling([colours(target)[on]], mode, acting(target).autoScaling, signal);
    },
  };
}
