import type { ImageSource } from './ecr/image.ts';
import type { Scope } from './names.ts';

type SeededBuild = { version: string; branch: string; hoursAgo: number };

/** Version, branch and age in hours of each image. Only those of main are meant to be deployed. */
const builds: [version: string, branch: string, hoursAgo: number][] = [
  ['v0.9.0', 'main', 240],
  ['v1.0.0', 'main', 72],
  // Bad at the start, or to a smoke test.
  ['v1.2.0-crash', 'feature/crash', 30],
  ['v1.2.1-hang', 'feature/hang', 29],
  ['v1.2.2-unhealthy', 'feature/unhealthy', 28],
  ['v1.2.3-broken', 'feature/broken', 27],
  // Healthy, and bad only to customers.
  ['v1.3.0-errors', 'feature/errors', 16],
  ['v1.3.1-slow', 'feature/slow', 15],
  ['v1.3.2-crashloop', 'feature/crashloop', 14],
  ['v1.3.3-wrong', 'feature/wrong', 13],
  ['v1.3.4-slower', 'feature/slower', 12],
  ['v1.3.5-hotfix', 'feature/hotfix', 11],
  ['v1.1.0', 'main', 2],
];

/** Everything there is an image of at the start; each is a commit of the sandbox's GitHub. */
export const seededBuilds: readonly SeededBuild[] = builds.map(([version, branch, hoursAgo]) => ({
  version,
  branch,
  hoursAgo,
}));

type Origin = { commitOf: (repository: string, version: string) => string; now: Date };

/** Every version of the web service, good and bad. */
export function apiImages(scope: Scope, origin: Origin): ImageSource[] {
  return builds.map((build) => imageOf(build, { ...scope, repository: 'acme-api', kind: 'web' }, origin));
}

/** The good versions of the worker. */
export function workerImages(scope: Scope, origin: Origin): ImageSource[] {
  const good = builds.filter(([, branch]) => branch === 'main');
  return good.map((build) =>
    imageOf(build, { ...scope, repository: 'acme-billing-worker', kind: 'worker' }, origin),
  );
}

function imageOf(
  [version, branch, hoursAgo]: (typeof builds)[number],
  place: Scope & Pick<ImageSource, 'repository' | 'kind'>,
  { commitOf, now }: Origin,
): ImageSource {
  const pushedAt = new Date(now.getTime() - hoursAgo * 3_600_000);
  return { ...place, version, branch, pushedAt, commit: commitOf(place.repository, version) };
}
