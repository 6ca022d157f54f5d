import type { ECSClient } from '@aws-sdk/client-ecs';
import { type ImageName, imageName } from '../../aws/image-name.ts';
import type { Release, Target } from '../../domain/release.ts';
import { PlatformRefused } from '../../ports/platform.ts';
import type { EcsPlace } from './place.ts';
import { tagsFor } from './revision-tags.ts';
import type { SentUpdates } from './sent-updates.ts';
import { readService } from './service.ts';
import { refuseUnsteady } from './steadiness.ts';
import {
  containerNamed,
  type Described,
  findTaskDefinition,
  imageContainer,
  isSame,
  readTaskDefinition,
  register,
  withImage,
} from './task-definition.ts';
import { updateService } from './update-service.ts';

export type StartTools = { ecs: ECSClient; sent: SentUpdates };

/**
 * Puts a release on a service. A primary revision that carries the release's image already is the answer, whatever became of
 * it: one that failed is not tried again by the same call, or a repeated call would start something new. To try again, the
 * previous revision is restored first, as every failed deployment does.
 */
export async function startRelease(
  place: EcsPlace,
  { target, release }: { target: Target; release: Release },
  tools: StartTools,
  signal: AbortSignal,
): Promise<{ revision: string }> {
  const digest = release.digests[target.region];
  if (digest === undefined) {
    throw new PlatformRefused(`${release.version} has no image in ${target.region}. Push it there first.`);
  }
  const image = pinned(
    imageName(place.service.image, { account: place.account, region: target.region }),
    digest,
  );
  const service = await readService(tools.ecs, place, signal);
  const live = await readTaskDefinition(tools.ecs, service.primary.revision, signal);
  const container = imageContainer(live.definition, place);
  if (containerNamed(live.definition, container)?.image === image) return { revision: live.revision };
  refuseUnsteady(service, place);
  const revision = await revisionWith({ live, container, image, release }, tools, signal);
  if (tools.sent.hides(target, revision, service)) return { revision };
  await updateService(tools, place, { target, revision, service, forceNewDeployment: false }, signal);
  return { revision };
}

/** The family's newest revision when it is the one wanted, otherwise a new one. */
async function revisionWith(
  wish: { live: Described; container: string; image: string; release: Release },
  { ecs }: StartTools,
  signal: AbortSignal,
): Promise<string> {
  const wanted = withImage(wish.live, wish);
  const family = wish.live.definition.family ?? wish.live.revision;
  const latest = await findTaskDefinition(ecs, family, signal);
  if (latest !== undefined && isSame(wanted, latest)) return latest.revision;
  return register(ecs, { ...wanted, tags: tagsFor(wish.release, wish.live.tags) }, signal);
}

function pinned(name: ImageName, digest: string): string {
  return `${name.uri}@${digest}`;
}
