import { PlatformRefused } from '../ports/platform.ts';

/** One image repository of a registry, in one account and region. */
export type ImageName = {
  /** The account that owns the registry. */
  registry: string;
  repository: string;
  /** Registry and repository, without tag or digest. */
  uri: string;
  /** The commit a tag of the template's form names; undefined for any other tag. */
  commitOf(tag: string): string | undefined;
  /** The tag of a commit's image. */
  tagOf(commit: string): string;
};

/** Fills in an image template of the policy, such as `{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}`. */
export function imageName(template: string, place: { account: string; region: string }): ImageName {
  const filled = template.replaceAll('{account}', place.account).replaceAll('{region}', place.region);
  const parts = /^(?<host>(?<registry>[^./]+)\.[^/]+)\/(?<repository>[^:@]+):(?<tag>.*)$/.exec(
    filled,
  )?.groups;
  if (parts?.registry === undefined || parts.repository === undefined || parts.tag === undefined) {
    throw new PlatformRefused(
      `The image “${template}” is not of an ECR registry. Write it in forge.yml as {account}.dkr.ecr.{region}.amazonaws.com/name:git-{commit}.`,
    );
  }
  const [before = '', after = ''] = parts.tag.split('{commit}');
  return {
    registry: parts.registry,
    repository: parts.repository,
    uri: `${parts.host}/${parts.repository}`,
    tagOf: (commit) => `${before}${commit}${after}`,
    commitOf(tag) {
      if (!tag.startsWith(before) || !tag.endsWith(after)) return undefined;
      const commit = tag.slice(before.length, tag.length - after.length);
      return /^[0-9a-f]{40}$/.test(commit) ? commit : undefined;
    },
  };
}
