import type { AwsClients } from '../../aws/clients.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Target } from '../../domain/release.ts';
import type { Platform } from '../../ports/platform.ts';
import { readHealth } from './health.ts';
import { type DescribeImage, readLive } from './live.ts';
import { placeOf } from './place.ts';
import { restoreRevision } from './restore.ts';
import { compareRunningImages } from './running-images.ts';
import { SentUpdates } from './sent-updates.ts';
import { startRelease } from './start.ts';

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

/** Services on AWS ECS that replace their tasks by rolling deployments. */
export function createEcsPlatform(options: EcsPlatformOptions): Platform {
  const { policy, clients, describeImage } = options;
  const { timing = { visibleWithin: 30_000 }, now = Date.now } = options;
  const sent = new SentUpdates({ ...timing, now });
  const place = (target: Target) => placeOf(policy, target);
  const looking = (target: Target) => clients.in(target.region).poll;
  const asking = (target: Target) => clients.in(target.region).ask;
  const acting = (target: Target) => clients.in(target.region).act;
  return {
    async live(target, { signal }) {
      return readLive(place(target), target, { ecs: asking(target).ecs, describeImage }, signal);
    },
    async start(target, { release }, { signal }) {
      const tools = { ecs: acting(target).ecs, sent };
      return startRelease(place(target), { target, release }, tools, signal);
    },
    async restore(target, { revision, digest }, { signal }) {
      const tools = { ecs: acting(target).ecs, sent };
      return restoreRevision(place(target), { target, revision, digest }, tools, signal);
    },
    async health(target, { revision }, { signal }) {
      return readHealth(place(target), { target, revision }, { ...looking(target), sent, now }, signal);
    },
    async runningImages(target, { digest }, { signal }) {
      return compareRunningImages(place(target), digest, looking(target).ecs, signal);
    },
  };
}
