import type { AwsClients } from '../aws/clients.ts';
import { type ImageName, imageName } from '../aws/image-name.ts';
import { environmentNamed, type Policy, serviceNamed } from '../domain/policy.ts';
import { PlatformRefused } from '../ports/platform.ts';
import type { ImageThere, SourceControl } from '../ports/source-control.ts';
import { versionsIn } from './image-tags.ts';
import { readImageThere } from './image-there.ts';
import { listImages, readImage, type TaggedImage } from './images.ts';
import { type RegistryRelease, releasesOf } from './registry-releases.ts';
import { missingRegions, resolve } from './resolve.ts';
import { Revisions } from './revisions.ts';

export type EcrSourceControlOptions = {
  policy: Policy;
  clients: AwsClients;
  /** Milliseconds since the epoch. */
  now?: () => number;
};

/** A list of images is believed this long, so that typing a command twice lists once. Milliseconds. */
const KEPT = 5_000;

type Place = { service: string; environment: string };

/** Releases as the tags of ECR images tell them. */
export function createEcrSourceControl(options: EcrSourceControlOptions): SourceControl {
  const { policy, clients, now = Date.now } = options;
  const lists = new Map<string, { at: number; images: TaggedImage[] }>();
  const revisions = new Revisions();

  async function imagesOf(name: ImageName, region: string, signal: AbortSignal): Promise<TaggedImage[]> {
    const key = keyOf(name, region);
    const kept = lists.get(key);
    if (kept !== undefined && now() - kept.at < KEPT) return kept.images;
    const at = now();
    const images = await listImages(clients.in(region).poll.ecr, name, signal);
    lists.set(key, { at, images });
    return images;
  }

  /** What was just seen to be there must not be unknown to whoever asks next. */
  function forgetUnlessListed(name: ImageName, region: string, digest: string): void {
    const key = keyOf(name, region);
    const isListed = lists.get(key)?.images.some((image) => image.digest === digest);
    if (isListed !== true) lists.delete(key);
  }

  async function releasesIn(place: Place, signal: AbortSignal): Promise<RegistryRelease[]> {
    const names = regionsOf(policy, place).map((region) => ({ region, name: nameOf(policy, place, region) }));
    const images = await Promise.all(
      names.map(async ({ region, name }) => ({ region, images: await imagesOf(name, region, signal) })),
    );
    const commitOf = names[0]?.name.commitOf ?? (() => undefined);
    return releasesOf(place.service, images, commitOf);
  }

  return {
    async resolve(request, { signal }) {
      return resolve(request.ref, await releasesIn(request, signal), regionsOf(policy, request));
    },
    async recent(request, { signal }) {
      const regions = regionsOf(policy, request);
      const releases = await releasesIn(request, signal);
      return releases
        .filter((release) => missingRegions(release, regions).length === 0)
        .slice(0, request.limit)
        .map(({ release }) => release);
    },
    async describe(request, { signal }) {
      const name = nameOf(policy, request, request.region);
      const image = await readImage(clients.in(request.region).poll.ecr, name, request.digest, signal);
      return image === undefined ? undefined : called(image, name);
    },
    async image(request, { signal }) {
      const found = regionsOf(policy, request).map(async (region): Promise<[string, ImageThere]> => {
        const { ecr } = clients.in(region).poll;
        const name = nameOf(policy, request, region);
        const there = await readImageThere(request.commit, { ecr, name, revisions, signal });
        if (there.kind === 'present') forgetUnlessListed(name, region, there.digest);
        return [region, there];
      });
      return Object.fromEntries(await Promise.all(found));
    },
  };
}

function keyOf(name: ImageName, region: string): string {
  return `${region} ${name.uri}`;
}

/** What an image is called; undefined when its tags say neither version nor commit. */
function called(image: TaggedImage, name: ImageName): { version: string; commit?: string } | undefined {
  const commit = image.tags.flatMap((tag) => name.commitOf(tag) ?? [])[0];
  const version = versionsIn(image.tags)[0] ?? commit?.slice(0, 12);
  if (version === undefined) return undefined;
  return commit === undefined ? { version } : { version, commit };
}

function regionsOf(policy: Policy, place: Place): string[] {
  const runs = serviceNamed(policy, place.service)?.runs[place.environment];
  if (runs === undefined) {
    throw new PlatformRefused(`${place.service} does not run in ${place.environment}. Add it to forge.yml.`);
  }
  return runs.map((run) => run.region);
}

function nameOf(policy: Policy, place: Place, region: string): ImageName {
  const service = serviceNamed(policy, place.service);
  const environment = environmentNamed(policy, place.environment);
  if (service === undefined || environment === undefined) {
    throw new PlatformRefused(`${place.service} does not run in ${place.environment}. Add it to forge.yml.`);
  }
  return imageName(service.image, { account: environment.account, region });
}
