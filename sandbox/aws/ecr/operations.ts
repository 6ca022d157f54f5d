import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { type Context, type Operation, operation } from '../operation.ts';
import { page } from '../page.ts';
import type { Image } from './image.ts';

const ImageId = z.object({ imageDigest: z.string().optional(), imageTag: z.string().optional() });

const describeImages = operation(
  z.object({
    registryId: z.string().optional(),
    repositoryName: z.string(),
    imageIds: z.array(ImageId).min(1).max(100).optional(),
    nextToken: z.string().optional(),
    maxResults: z.int().min(1).max(1000).default(100),
    filter: z.object({ tagStatus: z.enum(['TAGGED', 'UNTAGGED', 'ANY']).default('ANY') }).optional(),
  }),
  'InvalidParameterException',
  (input, context) => {
    const registry = input.registryId ?? context.scope.account;
    const images = imagesOf(context, registry, input.repositoryName);
    if (input.imageIds !== undefined) {
      const found = input.imageIds.map((id) => imageOf(images, id, input.repositoryName, registry));
      return { imageDetails: [...new Set(found)].map(detail) };
    }
    const status = input.filter?.tagStatus ?? 'ANY';
    const listed = images.filter((image) => status === 'ANY' || isTagged(image) === (status === 'TAGGED'));
    const { maxResults: size, nextToken: token } = input;
    const { items, nextToken } = page(listed, { size, token, refusal: 'InvalidParameterException' });
    return { imageDetails: items.map(detail), nextToken };
  },
);

const describeRepositories = operation(
  z.object({ registryId: z.string().optional(), repositoryNames: z.array(z.string()).optional() }),
  'InvalidParameterException',
  ({ registryId, repositoryNames }, context) => {
    const registry = registryId ?? context.scope.account;
    const mine = context.world.images.filter(
      ({ account, region }) => account === registry && region === context.scope.region,
    );
    const names = repositoryNames ?? [...new Set(mine.map(({ repository }) => repository))];
    return {
      repositories: names.map((name) => {
        imagesOf(context, registry, name);
        const { region } = context.scope;
        return {
          registryId: registry,
          repositoryName: name,
          repositoryArn: `arn:aws:ecr:${region}:${registry}:repository/${name}`,
          repositoryUri: `${registry}.dkr.ecr.${region}.amazonaws.com/${name}`,
          imageTagMutability: 'IMMUTABLE',
        };
      }),
    };
  },
);

export const ecrOperations: Record<string, Operation> = {
  DescribeImages: describeImages,
  DescribeRepositories: describeRepositories,
};

function imagesOf({ scope, world }: Context, registry: string, name: string): Image[] {
  const images = world.images.filter(
    ({ account, region, repository }) =>
      account === registry && region === scope.region && repository === name,
  );
  if (images.length > 0) return images;
  const message = `The repository with name '${name}' does not exist in the registry with id '${registry}'`;
  throw new AwsError('RepositoryNotFoundException', message);
}

function imageOf(
  images: readonly Image[],
  id: z.infer<typeof ImageId>,
  repository: string,
  registry: string,
): Image {
  const { imageDigest: digest, imageTag: tag } = id;
  if (digest === undefined && tag === undefined) {
    throw new AwsError('InvalidParameterException', 'Invalid image identifier: no digest and no tag');
  }
  const found = images.find(
    (image) =>
      (digest === undefined || image.digest === digest) && (tag === undefined || image.tags.includes(tag)),
  );
  if (found !== undefined) return found;
  const wanted = `{imageDigest:'${digest ?? 'null'}', imageTag:'${tag ?? 'null'}'}`;
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId ${wanted} does not exist within the repository with name '${repository}' in the registry with id '${registry}'`,
  );
}

function isTagged(image: Image): boolean {
  return image.tags.length > 0;
}

function detail(image: Image): object {
  return {
    registryId: image.account,
    repositoryName: image.repository,
    imageDigest: image.digest,
    imageTags: isTagged(image) ? image.tags : undefined,
    imageSizeInBytes: image.sizeInBytes,
    imagePushedAt: image.pushedAt,
    imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
    imageStatus: 'ACTIVE',
  };
}
