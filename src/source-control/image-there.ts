import { DescribeImagesCommand, type ECRClient, type ImageDetail } from '@aws-sdk/client-ecr';
import { callAws } from '../aws/call.ts';
import type { ImageName } from '../aws/image-name.ts';
import { PlatformRefused, PlatformUnavailable } from '../ports/platform.ts';
import type { ImageThere } from '../ports/source-control.ts';
import { isNotFound } from './images.ts';
import type { Revisions } from './revisions.ts';
import { readScan } from './scan.ts';

/** One repository of one region, and what is kept of it. */
type Registry = { ecr: ECRClient; name: ImageName; revisions: Revisions; signal: AbortSignal };

/** What one region's registry says of the image that is tagged with a commit. */
export async function readImageThere(commit: string, registry: Registry): Promise<ImageThere> {
  const detail = await describe(commit, registry);
  if (detail === undefined) return { kind: 'absent' };
  const { name } = registry;
  const { imageDigest: digest } = detail;
  if (digest === undefined) throw new PlatformUnavailable(`ECR gives no digest of an image of ${name.uri}.`);
  const status = statusOf(detail);
  const [revision, scan] = await Promise.all([
    // What is not active can't be pulled, and its label neither.
    status === 'active' ? registry.revisions.read(digest, registry) : undefined,
    readScan(digest, registry),
  ]);
  return { kind: 'present', digest, status, ...(revision !== undefined && { revision }), scan };
}

async function describe(commit: string, { ecr, name, signal }: Registry): Promise<ImageDetail | undefined> {
  const command = new DescribeImagesCommand({
    registryId: name.registry,
    repositoryName: name.repository,
    imageIds: [{ imageTag: name.tagOf(commit) }],
  });
  try {
    const answer = await callAws(`read an image of ${name.uri}`, signal, (options) =>
      ecr.send(command, options),
    );
    return answer.imageDetails?.[0];
  } catch (error) {
    if (error instanceof PlatformRefused && isNotFound(error.cause)) return undefined;
    throw error;
  }
}

/** A registry that does not say has only active ones. */
function statusOf({ imageStatus }: ImageDetail): 'active' | 'archived' | 'activating' {
  if (imageStatus === undefined || imageStatus === 'ACTIVE') return 'active';
  return imageStatus === 'ACTIVATING' ? 'activating' : 'archived';
}
