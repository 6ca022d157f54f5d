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
  const kept = copied.filter(({ key }) => !own.some((tag) => tag.key === key) && !isReserved(key));
  return [...kept, ...own];
}

/** Which release a revision says it is; undefined when Forge did not register it. */
export function releaseTold(tags: readonly Tag[]): { version: string; commit?: string } | undefined {
  const version = tagValue(tags, versionTag);
  const commit = tagValue(tags, commitTag);
  if (version === undefined) return undefined;
  return commit === undefined ? { version } : { version, commit };
}

/** AWS sets these itself and refuses them from anybody else. */
function isReserved(key: string | undefined): boolean {
  return key === undefined || key.toLowerCase().startsWith('aws:');
}

function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}
