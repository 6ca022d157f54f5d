import type { Release } from '../domain/release.ts';
import { versionsIn } from './image-tags.ts';
import type { TaggedImage } from './images.ts';

/** A release as the registry's tags tell it. */
export type RegistryRelease = {
  release: Release;
  commit: string;
  /** Every version it is tagged with. */
  versions: string[];
  tags: string[];
  /** Milliseconds since the epoch, in the first region that has it. */
  pushedAt: number;
};

export type RegionImages = { region: string; images: readonly TaggedImage[] };

/**
 * Puts the images of all regions together by the commit they are tagged with, newest first. An image without a commit tag
 * is nobody's release: there is no telling what it is made of.
 */
export function releasesOf(
  service: string,
  regions: readonly RegionImages[],
  commitOf: (tag: string) => string | undefined,
): RegistryRelease[] {
  const byCommit = new Map<string, { image: TaggedImage; region: string }[]>();
  for (const { region, images } of regions) {
    for (const image of images) {
      for (const commit of image.tags.flatMap((tag) => commitOf(tag) ?? [])) {
        byCommit.set(commit, [...(byCommit.get(commit) ?? []), { image, region }]);
      }
    }
  }
  return [...byCommit]
    .flatMap(([commit, places]) => releaseOf(service, commit, places))
    .toSorted((left, right) => right.pushedAt - left.pushedAt);
}

function releaseOf(
  service: string,
  commit: string,
  places: readonly { image: TaggedImage; region: string }[],
): RegistryRelease[] {
  const [first] = places;
  if (first === undefined) return [];
  const tags = [...new Set(places.flatMap(({ image }) => image.tags))];
  const versions = versionsIn(tags);
  const digests = Object.fromEntries(places.map(({ image, region }) => [region, image.digest]));
  const version = versions[0] ?? commit.slice(0, 12);
  return [
    {
      release: { service, commit, version, digests },
      commit,
      versions,
      tags,
      pushedAt: first.image.pushedAt,
    },
  ];
}
