import type { Preview, SmokeTest, Step } from '../domain/plan.ts';
import type { Place, Release } from '../domain/release.ts';
import { wholeSeconds } from './seconds.ts';
import type { RegionInput } from './strategy.ts';

/** Asks for what the release should answer; through `preview`, or as everybody does. None where nobody wrote a smoke test. */
export function smokeSteps({ service, run, release, timing }: RegionInput, preview?: Preview): Step[] {
  const { region, url } = run;
  if (url === undefined || service.smoke.tests.length === 0) return [];
  const smoke: Step = {
    id: `${region}/smoke`,
    region,
    kind: 'smoke',
    through: preview === undefined ? 'public' : 'preview',
    ...(preview === undefined ? {} : { preview }),
    url,
    tests: service.smoke.tests.map((test) => filledIn(test, release)),
    timesInARow: service.smoke.timesInARow,
    withinSeconds: wholeSeconds(timing.smokeWithin),
  };
  return [smoke];
}

/** Looks at what really runs. A revision that was not deployed by digest has none to compare with. */
export function verifySteps({ run: { region }, release, timing }: RegionInput, on: Place): Step[] {
  if (release.digests[region] === undefined) return [];
  const withinSeconds = wholeSeconds(timing.smokeWithin);
  return [{ id: `${region}/verify`, region, kind: 'verify', on, withinSeconds }];
}

/**
 * A release without a known commit was not put there by Forge, so its version is a guess: a rollback to it must not fail
 * for not calling itself what Forge calls it.
 */
function filledIn(test: SmokeTest, release: Release): SmokeTest {
  const { contains, ...request } = test;
  if (contains === undefined) return request;
  const { commit, version } = release;
  if (commit === undefined) return /\{(?:version|commit)\}/u.test(contains) ? request : test;
  const filled = contains.replaceAll(/\{(version|commit)\}/gu, (_all, name) =>
    name === 'version' ? version : commit,
  );
  return { ...request, contains: filled };
}
