import { isCommitPrefix } from '../domain/commit-name.ts';
import type { Resolution } from '../ports/source-control.ts';
import { isOfBranch, isSameVersion } from './image-tags.ts';
import type { RegistryRelease } from './registry-releases.ts';

/** How many versions an answer names when nothing matches. */
const NAMED = 5;

/** What a word means. `releases` are newest first; `regions` are those the release must be in. */
export function resolve(
  ref: string,
  releases: readonly RegistryRelease[],
  regions: readonly string[],
): Resolution {
  const matches = new Set([...named(ref, releases), ...newestOfBranch(ref, releases)]);
  const [only] = matches;
  if (only === undefined) {
    return { kind: 'unknown', known: releases.slice(0, NAMED).map(({ release }) => release.version) };
  }
  if (matches.size > 1) {
    const candidates = releases.filter((release) => matches.has(release));
    return { kind: 'ambiguous', candidates: candidates.map(({ release }) => release) };
  }
  const missing = missingRegions(only, regions);
  if (missing.length > 0) return { kind: 'missing', version: only.release.version, regions: missing };
  return { kind: 'found', release: only.release };
}

export function missingRegions({ release }: RegistryRelease, regions: readonly string[]): string[] {
  return regions.filter((region) => release.digests[region] === undefined);
}

function named(ref: string, releases: readonly RegistryRelease[]): RegistryRelease[] {
  const commit = ref.toLowerCase().replace(/^git-/, '');
  return releases.filter(
    (release) =>
      release.versions.some((version) => isSameVersion(version, ref)) ||
      isCommitPrefix(commit, release.commit),
  );
}

function newestOfBranch(ref: string, releases: readonly RegistryRelease[]): RegistryRelease[] {
  const newest = releases.find(({ tags, commit }) => isOfBranch(tags, ref, commit));
  return newest === undefined ? [] : [newest];
}
