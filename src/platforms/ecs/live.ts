import type { ECSClient } from '@aws-sdk/client-ecs';
import { imageName } from '../../aws/image-name.ts';
import type { Live, Target } from '../../domain/release.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import type { EcsPlace } from './place.ts';
import { releaseTold } from './revision-tags.ts';
import { containerOf } from './running-images.ts';
import { type EcsService, readService } from './service.ts';
import { refuseUnsteady } from './steadiness.ts';
import { containerNamed, imageContainer, readTaskDefinition } from './task-definition.ts';
import { readTasks } from './tasks.ts';

/** What an image digest is called, as `SourceControl.describe`. */
export type DescribeImage = (
  request: Target & { digest: string },
  options: { signal: AbortSignal },
) => Promise<{ version: string; commit?: string } | undefined>;

/** What serves a target; refused unless that is one revision, completely. */
export async function readLive(
  place: EcsPlace,
  target: Target,
  { ecs, describeImage }: { ecs: ECSClient; describeImage: DescribeImage },
  signal: AbortSignal,
): Promise<Live> {
  const service = await readService(ecs, place, signal);
  refuseUnjudgeable(service, place);
  refuseUnsteady(service, place);
  const described = await readTaskDefinition(ecs, service.primary.revision, signal);
  const container = imageContainer(described.definition, place);
  const image = containerNamed(described.definition, container)?.image ?? '';
  const digest = digestIn(image) ?? (await commonDigest(ecs, place, container, signal));
  const known = digest === undefined ? undefined : await describeImage({ ...target, digest }, { signal });
  const release = known ?? releaseTold(described.tags) ?? guess(place, target, image, digest);
  return {
    place: 'only',
    revision: described.revision,
    ...release,
    ...(digest === undefined ? {} : { digest }),
  };
}

/** A service that could never be seen healthy must not be deployed to: neither a release nor its rollback would ever end. */
function refuseUnjudgeable(service: EcsService, place: EcsPlace): void {
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

/** The best name for an image the registry does not know: its tag, or the beginning of its digest. */
function guess(
  place: EcsPlace,
  target: Target,
  image: string,
  digest: string | undefined,
): { version: string; commit?: string } {
  const tag = /:([^:/@]+)$/.exec(image.replace(/@.*$/, ''))?.[1];
  if (tag === undefined) return { version: digest?.slice('sha256:'.length, 'sha256:'.length + 12) ?? image };
  const name = imageName(place.service.image, { account: place.account, region: target.region });
  const commit = name.commitOf(tag);
  return commit === undefined ? { version: tag } : { version: commit.slice(0, 12), commit };
}
