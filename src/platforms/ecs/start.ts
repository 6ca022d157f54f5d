import type { ECSClient } from '@aws-sdk/client-ecs';
import { imageName } from '../../aws/image-name.ts';
import type { Release } from '../../domain/release.ts';
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
  release: Release,
  tools: StartTools,
  signal: AbortSignal,
): Promise<{ revision: string }> {
  const image = pinnedImage(place, release);
  const service = await readService(tools.ecs, place, signal);
  const live = await readTaskDefinition(tools.ecs, service.primary.revision, signal);
  const container = imageContainer(live.definition, place);
  if (containerNamed(live.definition, container)?.image === image) return { revision: live.revision };
  refuseUnsteady(service, place);
  const revision = await revisionWith({ live, container, image, release }, tools, signal);
  if (tools.sent.hides(place, revision, service)) return { revision };
  await updateService(tools, place, { revision, service, forceNewDeployment: false }, signal);
  return { revision };
}

/** What a revision is to be like. */
type RevisionWish = {
  live: Described;
  container: string;
  image: string;
  release: Release;
  /** Absent: that of the live revision. */
  family?: string;
  /** What is there now, and may be it. */
  present?: string;
};

/** The revision that is there, or the family's newest one, when it is the one wanted; otherwise a new one. */
export async function revisionWith(
  wish: RevisionWish,
  { ecs }: StartTools,
  signal: AbortSignal,
): Promise<string> {
  const family = wish.family ?? wish.live.definition.family ?? wish.live.revision;
  const wanted = { ...withImage(wish.live, wish), family };
  for (const name of wish.present === undefined ? [family] : [wish.present, family]) {
    const found = await findTaskDefinition(ecs, name, signal);
    if (found !== undefined && found.definition.status !== 'INACTIVE' && isSame(wanted, found)) {
      return found.revision;
    }
  }
  return register(ecs, { ...wanted, tags: tagsFor(wish.release, wish.live.tags) }, signal);
}

/** The release's image of the place's region, by digest. */
export function pinnedImage({ service, account, target: { region } }: EcsPlace, release: Release): string {
  const digest = release.digests[region];
  if (digest === undefined) {
    throw new PlatformRefused(`${release.version} has no image in ${region}. Push it there first.`);
  }
  return `${imageName(service.image, { account, region }).uri}@${digest}`;
}
