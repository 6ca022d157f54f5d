import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { operation } from '../operation.ts';
import { ImageId, imageOf, imagesOf } from './find-image.ts';
import { scanView } from './scan.ts';

export const describeImageScanFindings = operation(
  z.object({
    registryId: z.string().optional(),
    repositoryName: z.string(),
    imageId: ImageId,
    maxResults: z.int().min(1).max(1000).optional(),
    nextToken: z.string().optional(),
  }),
  'InvalidParameterException',
  (input, context) => {
    const registryId = input.registryId ?? context.scope.account;
    const { repositoryName } = input;
    const images = imagesOf(context, registryId, repositoryName);
    const image = imageOf(images, input.imageId, { repository: repositoryName, registry: registryId });
    if (image.scan === undefined) {
      const message = `Image scan does not exist for the image with '{imageDigest:'${image.digest}'}' in the repository with name '${repositoryName}' in the registry with id '${registryId}'`;
      throw new AwsError('ScanNotFoundException', message);
    }
    return { registryId, repositoryName, imageId: { imageDigest: image.digest }, ...scanView(image.scan) };
  },
);
