import type { SmokeTest, Step } from '../domain/plan.ts';
import type { Release } from '../domain/release.ts';
import type { Strategy, StrategyInput } from './strategy.ts';

/** New tasks beside the old ones on the one service, old ones away when the new ones are healthy; then smoke tests and a look at what really runs. */
export const rolling: Strategy = {
  steps(input) {
    const { region } = input.run;
    return [
      {
        id: `${region}/start`,
        region,
        kind: 'start',
        on: 'only',
        withinSeconds: seconds(input.timing.startWithin),
      },
      ...proof(input),
    ];
  },

  undo(input) {
    const { region } = input.run;
    const restore: Step = {
      id: `${region}/restore`,
      region,
      kind: 'restore',
      on: 'only',
      revision: input.revision,
      withinSeconds: seconds(input.timing.startWithin),
    };
    return [restore, ...proof(input)];
  },
};

function proof(input: StrategyInput): Step[] {
  const { service, run, release, timing } = input;
  const { region } = run;
  const withinSeconds = seconds(timing.smokeWithin);
  const steps: Step[] = [];
  if (run.url !== undefined && service.smoke.tests.length > 0) {
    steps.push({
      id: `${region}/smoke`,
      region,
      kind: 'smoke',
      through: 'public',
      url: run.url,
      tests: service.smoke.tests.map((test) => filledIn(test, release)),
      timesInARow: service.smoke.timesInARow,
      withinSeconds,
    });
  }
  // A revision that was not deployed by digest has none to compare with.
  if (release.digests[region] !== undefined) {
    steps.push({ id: `${region}/verify`, region, kind: 'verify', on: 'only', withinSeconds });
  }
  return steps;
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

function seconds(milliseconds: number): number {
  return Math.max(1, Math.round(milliseconds / 1000));
}
