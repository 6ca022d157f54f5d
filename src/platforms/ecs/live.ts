import type { ECSClient } from '@aws-sdk/client-ecs';
import { imageName } from '../../aws/image-name.ts';
import type { Live, Target } from '../../domain/release.ts';
import { PlatformRefused, PlatformUnavailable } from '../../ports/platform.ts';
import type { EcsPlace } from './place.ts';
import { commitTold, releaseTold } from './revision-tags.ts';
import { containerOf } from './running-images.ts';
import { type EcsService, readService } from './service.ts';
import { refuseUnsteady, shortRevision } from './steadiness.ts';
import { containerNamed, imageContainer, readTaskDefinition } from './task-definition.ts';
import { readTasks } from './tasks.ts';

/** What an image digest is called, as `SourceControl.describe`. */
export type DescribeImage = (
  request: Target & { digest: string },
  options: { signal: AbortSignal },
) => Promise<{ version: string; commit?: string } | undefined>;

export type LiveTools = { ecs: ECSClient; describeImage: DescribeImage };

/** What serves a target without colours; refused unless that is one revision, completely. */
export async function readLive(place: EcsPlace, tools: LiveTools, signal: AbortSignal): Promise<Live> {
  const service = await readService(tools.ecs, place, signal);
  refuseUnjudgeable(service, place);
  refuseUnsteady(service, place);
  return { place: 'only', ...(await readRelease(place, service, tools, signal)) };
}

/** Which release the service's primary revision is, by the best name there is for it. */
export async function readRelease(
  place: EcsPlace,
  service: EcsService,
  { ecs, describeImage }: LiveTools,
  signal: AbortSignal,
): Promise<Pick<Live, 'revision' | 'version' | 'commit' | 'digest'>> {
  const described = await readTaskDefinition(ecs, service.primary.revision, signal);
  const container = imageContainer(described.definition, place);
  const image = containerNamed(described.definition, container)?.image ?? '';
  const digest = digestIn(image) ?? (await commonDigest(ecs, place, container, signal));
  // The registry last: what is live must be known, and taken back, while the registry is away.
  const release =
    releaseTold(described.tags) ??
    (digest === undefined ? undefined : await nameOf({ ...place.target, digest }, describeImage, signal)) ??
    guess(place, {
      image,
      digest,
      revision: shortRevision(described.revision),
      commit: commitTold(described.tags),
    });
  return { revision: described.revision, ...release, ...(digest === undefined ? {} : { digest }) };
}

/** A service that could never be seen healthy must not be deployed to: neither a release nor its rollback would ever end. */
export function refuseUnjudgeable(service: EcsService, place: EcsPlace): void {
  if (service.desired === 0) {
    throw new PlatformRefused(
      `${place.title} is scaled to 0: nothing serves it. Set the ECS service’s desired count to 1 or more first.`,
    );
  }
  if (place.service.kind === 'web' && service.targetGroups.length === 0) {
    throw new PlatformRefused(
      `${place.title} has no target group, so nothing tells whether requests reach it. Give the ECS service one, or call it a worker in forge.yml.`,
    );
  }
}

function digestIn(image: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
}

/** For an image named by tag: what the running tasks really run, when they agree. */
async function commonDigest(
  ecs: ECSClient,
  place: EcsPlace,
  container: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const tasks = await readTasks(ecs, place, 'RUNNING', signal);
  const digests = new Set(tasks.map((task) => containerOf(task, container)?.imageDigest));
  const [only] = digests;
  return digests.size === 1 ? only : undefined;
}

/** What the registry calls an image; undefined when it cannot say: a name is not worth failing for. */
async function nameOf(
  request: Parameters<DescribeImage>[0],
  describeImage: DescribeImage,
  signal: AbortSignal,
): ReturnType<DescribeImage> {
  try {
    return await describeImage(request, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PlatformUnavailable || error instanceof PlatformRefused) return undefined;
    throw error;
  }
}

type Hints = { image: string; digest: string | undefined; revision: string; commit: string | undefined };

/** The best name for an image the registry does not know: its tag, its commit, the beginning of its digest, or the revision. */
function guess(
  place: EcsPlace,
  { image, digest, revision, commit }: Hints,
): { version: string; commit?: string } {
  const tag = /:([^:/@]+)$/.exec(image.replace(/@.*$/, ''))?.[1];
  const { account, target } = place;
  const name = imageName(place.service.image, { account, region: target.region });
  const known = (tag === undefined ? undefined : name.commitOf(tag)) ?? commit;
  if (known !== undefined) return { version: known.slice(0, 12), commit: known };
  return { version: tag ?? digest?.slice('sha256:'.length, 'sha256:'.length + 12) ?? revision };
}
