import { BatchGetImageCommand, type ECRClient, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import { z } from 'zod';
import { callAws } from '../aws/call.ts';
import type { ImageName } from '../aws/image-name.ts';
import { PlatformUnavailable } from '../ports/platform.ts';
import { download } from './download.ts';

type Registry = { ecr: ECRClient; name: ImageName; signal: AbortSignal };

/** https://specs.opencontainers.org/image-spec/annotations/ */
const REVISION = 'org.opencontainers.image.revision';

const Labels = z.record(z.string(), z.string()).nullish();
const Descriptor = z.object({ digest: z.string(), annotations: Labels });
/** An image, or an index of images for several platforms, by OCI or as Docker writes them. */
const Manifest = z.object({
  annotations: Labels,
  config: Descriptor.optional(),
  manifests: z
    .array(Descriptor.extend({ platform: z.object({ architecture: z.string(), os: z.string() }).optional() }))
    .optional(),
});
type Manifest = z.infer<typeof Manifest>;
const Config = z.object({ config: z.object({ Labels }).nullish() });

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/**
 * The commit an image says it was built from: an annotation of its manifest, else a label of its config. An index says it itself, or
 * all its images say the same; those that differ come back as one text, which is no commit. Undefined where nothing says it.
 */
export async function readRevision(digest: string, registry: Registry): Promise<string | undefined> {
  const manifest = await readManifest(digest, registry);
  const own = await ownRevision(manifest, registry);
  if (own !== undefined || manifest.manifests === undefined) return own;
  const revisions = await Promise.all(
    manifest.manifests.filter(isImage).map(async ({ digest: one, annotations }) => {
      return annotations?.[REVISION] ?? (await ownRevision(await readManifest(one, registry), registry));
    }),
  );
  const said = new Set(revisions.map((revision) => revision ?? 'none'));
  if (said.size === 1) return revisions[0];
  return said.size === 0 ? undefined : [...said].join(', ');
}

/** Attestations stand in an index beside the images they are about, for a platform that is unknown. */
function isImage({ platform }: { platform?: { architecture: string; os: string } | undefined }): boolean {
  return platform?.os !== 'unknown';
}

async function ownRevision(manifest: Manifest, registry: Registry): Promise<string | undefined> {
  const annotated = manifest.annotations?.[REVISION];
  if (annotated !== undefined || manifest.config === undefined) return annotated;
  const { config } = parse(Config, await readBlob(manifest.config.digest, registry), registry);
  return config?.Labels?.[REVISION];
}

async function readManifest(digest: string, registry: Registry): Promise<Manifest> {
  const { ecr, name, signal } = registry;
  const command = new BatchGetImageCommand({
    registryId: name.registry,
    repositoryName: name.repository,
    imageIds: [{ imageDigest: digest }],
    acceptedMediaTypes: MANIFEST_TYPES,
  });
  const answer = await callAws(`read an image of ${name.uri}`, signal, (options) =>
    ecr.send(command, options),
  );
  const text = answer.images?.[0]?.imageManifest;
  if (text === undefined) {
    const why = answer.failures?.[0]?.failureReason ?? 'ECR does not say why';
    throw new PlatformUnavailable(`Could not read an image of ${name.uri}: ${why}.`);
  }
  return parse(Manifest, text, registry);
}

async function readBlob(digest: string, { ecr, name, signal }: Registry): Promise<string> {
  const command = new GetDownloadUrlForLayerCommand({
    registryId: name.registry,
    repositoryName: name.repository,
    layerDigest: digest,
  });
  const { downloadUrl } = await callAws(`read the labels of an image of ${name.uri}`, signal, (options) =>
    ecr.send(command, options),
  );
  if (downloadUrl === undefined) {
    throw new PlatformUnavailable(
      `Could not read the labels of an image of ${name.uri}: ECR names no address.`,
    );
  }
  return download({ url: downloadUrl, digest, what: `the labels of an image of ${name.uri}` }, signal);
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string, { name }: Registry): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new PlatformUnavailable(
      `Could not read an image of ${name.uri}: it is not written as images are.`,
      {
        cause: error,
      },
    );
  }
}
