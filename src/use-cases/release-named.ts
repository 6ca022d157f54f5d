import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Live } from '../domain/release.ts';
import type { Store } from '../ports/store.ts';

/** How many deployments back a named release is looked for. */
const DEPTH = 100;
const LEAST_DIGITS = 7;

/** A release as it ran in each region before. */
export type NamedRelease = Record<string, Live>;

/**
 * The release a person named, as it ran where `undoes` is live: exactly the revisions of then. `version` may be a commit.
 * Throws a `UserError` where Forge has not seen it run there, or where it is what is live.
 */
export async function releaseNamed(
  version: string,
  { service, environment, undoes }: { service: string; environment: string; undoes: Deployment },
  store: Store,
): Promise<NamedRelease> {
  if (isNamed(undoes.plan.to, version)) {
    throw new UserError(
      `${undoes.plan.to.version} is what #${undoes.number} put there: there is nothing to roll back to. \`/forge status\` shows what is live.`,
    );
  }
  const history = await store.history({ service, environment, limit: DEPTH });
  const regions = Object.keys(undoes.plan.from);
  const found: NamedRelease = {};
  // Newest first: the newest revision of it that ran is the one to put back.
  for (const { plan } of [undoes, ...history]) {
    for (const [region, live] of Object.entries(plan.from)) {
      if (isNamed(live, version)) found[region] ??= live;
    }
  }
  if (regions.every((region) => found[region] !== undefined)) return found;
  throw new UserError(
    `Forge has not seen “${version}” run on ${service} in ${environment}${regions.length > 1 ? ' in every region' : ''}, so it cannot put back exactly that. To start it anew, type \`/forge deploy ${service} ${environment} ${version}\`. To see what ran there, type \`/forge history ${service} ${environment}\`.`,
  );
}

function isNamed(release: { version: string; commit?: string | undefined }, name: string): boolean {
  if (release.version === name) return true;
  return name.length >= LEAST_DIGITS && release.commit?.startsWith(name.toLowerCase()) === true;
}
