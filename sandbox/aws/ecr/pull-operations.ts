import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { operation } from '../operation.ts';
import type { World } from '../world.ts';
import { ImageId, imagesOf, isNamed } from './find-image.ts';
import { digestOf, MANIFEST_TYPE } from './manifest.ts';

/** Manifests as they are; what is not there is told beside them. */
export const batchGetImage = operation(
  z.object({
    registryId: z.string().optional(),
    repositoryName: z.string(),
    imageIds: z.array(ImageId).min(1).max(100),
  }),
  'InvalidParameterException',
  (input, context) => {
    const registryId = input.registryId ?? context.scope.account;
    const { repositoryName } = input;
    const all = imagesOf(context, registryId, repositoryName);
    const images: object[] = [];
    const failures: object[] = [];
    for (const imageId of input.imageIds) {
      const image = all.find((one) => one.status === 'ACTIVE' && isNamed(one, imageId));
      if (image === undefined) {
        failures.push({
          ...{ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' },
        });
        continue;
      }
      images.push({
        ...{ registryId, repositoryName, imageManifestMediaType: MANIFEST_TYPE },
        imageId: { ...imageId, imageDigest: image.digest },
        imageManifest: image.manifest,
      });
    }
    return { images, failures };
  },
);

/** Where blobs are fetched without credentials, as at S3. */
const BLOBS = '/aws/ecr-blobs/';

export const getDownloadUrlForLayer = operation(
  z.object({ registryId: z.string().optional(), repositoryName: z.string(), layerDigest: z.string() }),
  'InvalidParameterException',
  ({ registryId, repositoryName, layerDigest }, context) => {
    const images = imagesOf(context, registryId ?? context.scope.account, repositoryName);
    if (!images.some(({ config }) => digestOf(config) === layerDigest)) {
      const message = `The layer with digest '${layerDigest}' does not exist in the repository with name '${repositoryName}'`;
      throw new AwsError('LayersNotFoundException', message);
    }
    const host = context.host ?? 'localhost';
    return { downloadUrl: `http://${host}${BLOBS}${layerDigest}?signed=yes`, layerDigest };
  },
);

/** Answers who follows a download address. False for any other request. */
export function answerBlob(request: IncomingMessage, response: ServerResponse, world: World): boolean {
  const { pathname } = new URL(request.url ?? '/', 'http://aws');
  if (request.method !== 'GET' || !pathname.startsWith(BLOBS)) return false;
  const wanted = pathname.slice(BLOBS.length);
  const image = world.images.find(({ config }) => digestOf(config) === wanted);
  if (image === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('NoSuchKey\n');
  else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(image.config);
  return true;
}
