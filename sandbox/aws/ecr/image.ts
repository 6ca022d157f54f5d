import { createHash } from 'node:crypto';
import { registryHost, type Scope } from '../names.ts';

export type Image = Scope & {
  repository: string;
  digest: string;
  tags: string[];
  pushedAt: Date;
  sizeInBytes: number;
  /** What the container finds inside. */
  kind: 'web' | 'worker';
  version: string;
  commit: string;
};

export type ImageSource = Scope & {
  repository: string;
  kind: 'web' | 'worker';
  version: string;
  /** 40 hexadecimal digits. */
  commit: string;
  branch: string;
  pushedAt: Date;
};

/** The image that a build of this commit pushes: a build of main is tagged `main-<first 12 of the commit>`. */
export function buildImage(source: ImageSource): Image {
  const { account, region, repository, kind, version, commit, branch, pushedAt } = source;
  const branchTag = `${branch.replaceAll('/', '-')}-${commit.slice(0, 12)}`;
  const manifest = manifestText(source);
  return {
    account,
    region,
    repository,
    digest: `sha256:${createHash('sha256').update(manifest).digest('hex')}`,
    tags: [version, `git-${commit}`, branchTag],
    pushedAt,
    sizeInBytes: 48_000_000 + manifest.length,
    kind,
    version,
    commit,
  };
}

/** The image a task definition names: `host/repository:tag` or `host/repository@sha256:…`; undefined when there is none. */
export function resolveImage(images: readonly Image[], reference: string): Image | undefined {
  return images.find((image) => {
    const name = `${registryHost(image)}/${image.repository}`;
    if (!reference.startsWith(name)) return false;
    const rest = reference.slice(name.length);
    if (rest.startsWith('@')) return rest.slice(1) === image.digest;
    return image.tags.includes(rest === '' ? 'latest' : rest.slice(1));
  });
}

/** The manifest of an image: its digest is the hash of exactly this text. */
function manifestText({ repository, kind, version, commit }: ImageSource): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    annotations: {
      'org.opencontainers.image.title': repository,
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.revision': commit,
      'org.opencontainers.image.description': kind,
    },
  });
}
