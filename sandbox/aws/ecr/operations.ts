import { z } from 'zod';
import { type Operation, operation } from '../operation.ts';
import { page } from '../page.ts';
import { ImageId, imageOf, imagesOf } from './find-image.ts';
import type { Image } from './image.ts';
import { MANIFEST_TYPE } from './manifest.ts';
import { batchGetImage, getDownloadUrlForLayer } from './pull-operations.ts';
import { describeImageScanFindings } from './scan-operations.ts';

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
    const repository = input.repositoryName;
    const images = imagesOf(context, registry, repository);
    if (input.imageIds !== undefined) {
      const found = input.imageIds.map((id) => imageOf(images, id, { repository, registry }));
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
          imageScanningConfiguration: { scanOnPush: true },
        };
      }),
    };
  },
);

export const ecrOperations: Record<string, Operation> = {
  BatchGetImage: batchGetImage,
  DescribeImageScanFindings: describeImageScanFindings,
  DescribeImages: describeImages,
  DescribeRepositories: describeRepositories,
  GetDownloadUrlForLayer: getDownloadUrlForLayer,
};

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
    imageManifestMediaType: MANIFEST_TYPE,
    imageStatus: image.status,
  };
}
