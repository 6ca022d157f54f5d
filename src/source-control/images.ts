import {
  DescribeImagesCommand,
  type ECRClient,
  type ImageDetail,
  paginateDescribeImages,
} from '@aws-sdk/client-ecr';
import { callAws } from '../aws/call.ts';
import type { ImageName } from '../aws/image-name.ts';
import { PlatformRefused } from '../ports/platform.ts';

/** An image of a registry that may be run. */
export type TaggedImage = { digest: string; tags: string[]; pushedAt: number };

export async function listImages(
  ecr: ECRClient,
  name: ImageName,
  signal: AbortSignal,
): Promise<TaggedImage[]> {
  const images: TaggedImage[] = [];
  await callAws(`list the images of ${name.uri}`, signal, async (options) => {
    const pages = paginateDescribeImages(
      { client: ecr, pageSize: 1_000 },
      { registryId: name.registry, repositoryName: name.repository, filter: { tagStatus: 'TAGGED' } },
      options,
    );
    for await (const page of pages) images.push(...(page.imageDetails ?? []).flatMap(usable));
  });
  return images;
}

/** Undefined when the registry does not have it. */
export async function readImage(
  ecr: ECRClient,
  name: ImageName,
  digest: string,
  signal: AbortSignal,
): Promise<TaggedImage | undefined> {
  // DescribeImages and not BatchGetImage: that one counts as a pull, which keeps images from being cleaned up.
  const command = new DescribeImagesCommand({
    registryId: name.registry,
    repositoryName: name.repository,
    imageIds: [{ imageDigest: digest }],
  });
  try {
    const answer = await callAws(`read an image of ${name.uri}`, signal, (options) =>
      ecr.send(command, options),
    );
    return answer.imageDetails?.flatMap(parse)[0];
  } catch (error) {
    if (error instanceof PlatformRefused && isNotFound(error.cause)) return undefined;
    throw error;
  }
}

/** An archived image can't be pulled. */
function usable(image: ImageDetail): TaggedImage[] {
  return image.imageStatus === undefined || image.imageStatus === 'ACTIVE' ? parse(image) : [];
}

function parse(image: ImageDetail): TaggedImage[] {
  if (image.imageDigest === undefined) return [];
  const pushedAt = image.imagePushedAt?.getTime() ?? 0;
  return [{ digest: image.imageDigest, tags: image.imageTags ?? [], pushedAt }];
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'ImageNotFoundException';
}
