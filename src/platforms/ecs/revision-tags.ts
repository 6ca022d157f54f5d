import type { Tag } from '@aws-sdk/client-ecs';
import type { Release } from '../../domain/release.ts';

const versionTag = 'forge_version';
const commitTag = 'git_sha';

/** The tags of a revision Forge registers: those of the revision it copies, and which release it is. */
export function tagsFor(release: Release, copied: readonly Tag[]): Tag[] {
  const own = [
    { key: versionTag, value: release.version },
    ...(release.commit === undefined ? [] : [{ key: commitTag, value: release.commit }]),
  ];
  return [...copiedTags(copied).filter(({ key }) => !own.some((tag) => tag.key === key)), ...own];
}

/** The tags of a revision that a copy of it may carry too. */
export function copiedTags(tags: readonly Tag[]): Tag[] {
  return tags.filter(({ key }) => !isReserved(key));
}

/** Which release a revision says it is; undefined when Forge did not register it. */
export function releaseTold(tags: readonly Tag[]): { version: string; commit?: string } | undefined {
  const version = tagValue(tags, versionTag);
  const commit = tagValue(tags, commitTag);
  if (version === undefined) return undefined;
  return commit === undefined ? { version } : { version, commit };
}

/** The commit a revision says it was built from, whoever registered it. */
export function commitTold(tags: readonly Tag[]): string | undefined {
  const commit = tagValue(tags, commitTag);
  return commit !== undefined && /^[0-9a-f]{40}$/.test(commit) ? commit : undefined;
}

/** AWS sets these itself and refuses them from anybody else. */
function isReserved(key: string | undefined): boolean {
  return key === undefined || key.toLowerCase().startsWith('aws:');
}

function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}
