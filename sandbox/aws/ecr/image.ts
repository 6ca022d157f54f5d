import type { Behaviour } from '../../sample-service/behaviours.ts';
import { registryHost, type Scope } from '../names.ts';
import { digestOf, manifestOf } from './manifest.ts';
import { quietScan, type Scan } from './scan.ts';

/** What the container finds inside. */
export type Content = {
  kind: 'web' | 'worker';
  version: string;
  /** 40 hexadecimal digits. */
  commit: string;
  /** What the first page says at its top. */
  banner?: string;
  /** Instead of what the version says. */
  behaviour?: Behaviour;
};

export type Image = Scope &
  Content & {
    repository: string;
    digest: string;
    /** The digest is the hash of exactly this text. */
    manifest: string;
    /** The blob that the manifest names as its config: there are the labels of a build. */
    config: string;
    tags: string[];
    pushedAt: Date;
    sizeInBytes: number;
    /** What is not active can't be pulled. */
    status: 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING';
    /** Absent: nobody has scanned it. */
    scan?: Scan;
  };

export type ImageSource = Scope &
  Content & {
    repository: string;
    branch: string;
    pushedAt: Date;
    /** What its label says it was built from; its commit, unless told. Null: it has no such label. */
    revision?: string | null;
  };

/** The image that a build of this commit pushes: a build of main is tagged `main-<first 12 of the commit>`. */
export function buildImage(source: ImageSource): Image {
  const { branch, version, commit } = source;
  const branchTag = `${branch.replaceAll('/', '-')}-${commit.slice(0, 12)}`;
  return taggedImage(source, [version, `git-${commit}`, branchTag]);
}

/** The same content has the same digest wherever it is pushed. */
export function taggedImage(source: Omit<ImageSource, 'branch'>, tags: string[]): Image {
  const { account, region, repository, pushedAt, revision = source.commit, ...content } = source;
  const labels: Record<string, string> = {
    'org.opencontainers.image.title': repository,
    'org.opencontainers.image.version': content.version,
    ...(revision !== null && { 'org.opencontainers.image.revision': revision }),
  };
  const { manifest, config } = manifestOf(content, labels);
  return {
    ...{ account, region, repository, pushedAt, tags, manifest, config },
    ...content,
    digest: digestOf(manifest),
    sizeInBytes: 48_000_000 + manifest.length,
    status: 'ACTIVE',
    scan: quietScan(pushedAt),
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

/** As `resolveImage`, for a task that has yet to pull it: what was archived is not to be had. */
export function pullImage(images: readonly Image[], reference: string): Image | undefined {
  const image = resolveImage(images, reference);
  return image?.status === 'ACTIVE' ? image : undefined;
}
