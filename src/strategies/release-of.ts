import type { Live, Release } from '../domain/release.ts';

/** What ran before, by region, as a release; parts of it may be unknown where Forge did not put it there. */
export function releaseOf(service: string, before: Record<string, Live>): Release {
  const lives = Object.entries(before);
  const versions = new Set(lives.map(([, { version }]) => version));
  const [commit, ...others] = new Set(lives.map(([, live]) => live.commit));
  const digests = lives.flatMap(([region, live]) =>
    live.digest === undefined ? [] : [[region, live.digest] as const],
  );
  return {
    service,
    version: versions.size === 0 ? 'unknown' : [...versions].join(' and '),
    ...(commit === undefined || others.length > 0 ? {} : { commit }),
    digests: Object.fromEntries(digests),
  };
}
