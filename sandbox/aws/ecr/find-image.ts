import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Context } from '../operation.ts';
import type { Image } from './image.ts';

export const ImageId = z.object({ imageDigest: z.string().optional(), imageTag: z.string().optional() });
type ImageId = z.infer<typeof ImageId>;

/** What is in a repository. Throws RepositoryNotFoundException. */
export function imagesOf(
  { scope, world }: Pick<Context, 'scope' | 'world'>,
  registry: string,
  name: string,
): Image[] {
  const images = world.images.filter(
    ({ account, region, repository }) =>
      account === registry && region === scope.region && repository === name,
  );
  if (images.length > 0) return images;
  const message = `The repository with name '${name}' does not exist in the registry with id '${registry}'`;
  throw new AwsError('RepositoryNotFoundException', message);
}

export function isNamed({ digest, tags }: Image, { imageDigest, imageTag }: ImageId): boolean {
  return (
    (imageDigest === undefined || digest === imageDigest) &&
    (imageTag === undefined || tags.includes(imageTag))
  );
}

/** Throws ImageNotFoundException. */
export function imageOf(
  images: readonly Image[],
  id: ImageId,
  { repository, registry }: { repository: string; registry: string },
): Image {
  const { imageDigest: digest, imageTag: tag } = id;
  if (digest === undefined && tag === undefined) {
    throw new AwsError('InvalidParameterException', 'Invalid image identifier: no digest and no tag');
  }
  const found = images.find((image) => isNamed(image, id));
  if (found !== undefined) return found;
  const wanted = `{imageDigest:'${digest ?? 'null'}', imageTag:'${tag ?? 'null'}'}`;
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId ${wanted} does not exist within the repository with name '${repository}' in the registry with id '${registry}'`,
  );
}
