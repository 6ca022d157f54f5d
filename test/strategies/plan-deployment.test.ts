import { describe, expect, it } from 'vitest';
import { regionsOf } from '../../src/domain/plan.ts';
import type { ServicePolicy } from '../../src/domain/policy.ts';
import type { Live, Release } from '../../src/domain/release.ts';
import { planDeployment } from '../../src/strategies/plan-deployment.ts';
import { aLive, anEnvironmentPolicy, aRegion, aRelease, aRun, aServicePolicy, aTiming } from '../builders.ts';
import { digest, everywhere, regions, world } from './world.ts';

type Change = {
  service?: ServicePolicy;
  release?: Release;
  live?: Record<string, Live>;
  environment?: Parameters<typeof anEnvironmentPolicy>[0];
  timing?: Parameters<typeof aTiming>[0];
};

function planned({
  service = aServicePolicy(),
  release = aRelease(),
  live,
  environment,
  timing,
}: Change = {}) {
  const runs = service.runs.production ?? [];
  return planDeployment({
    service,
    environment: anEnvironmentPolicy(environment),
    live: live ?? Object.fromEntries(runs.map(({ region }) => [region, aLive()])),
    timing: aTiming(timing),
    release,
  });
}

const inTheWorld = (change: Change = {}) =>
  planned({ service: world, release: aRelease({ digests: everywhere(digest('1')) }), ...change });

describe('the plan of a web service', () => {
  it('starts the release, tries it out and confirms what runs', () => {
    const plan = planned();

    expect(plan.steps).toEqual([
      { id: 'eu-west-1/start', region: aRegion, kind: 'start', on: 'only', withinSeconds: 600 },
      {
        id: 'eu-west-1/smoke',
        region: aRegion,
        kind: 'smoke',
        through: 'public',
        url: 'https://checkout.example',
        tests: [{ method: 'GET', path: '/health', status: 200 }],
        timesInARow: 3,
        withinSeconds: 60,
      },
      { id: 'eu-west-1/verify', region: aRegion, kind: 'verify', on: 'only', withinSeconds: 60 },
    ]);
    expect(plan).toMatchObject({ strategy: 'rolling', to: aRelease(), from: { [aRegion]: aLive() } });
  });

  it('asks for the version and commit it is about to put there', () => {
    const contains = 'version {version} of {commit}, {version}';
    const test = { method: 'GET', path: '/version', status: 200, contains } as const;
    const service = aServicePolicy({ smoke: { tests: [test], timesInARow: 1 } });

    const smoke = planned({ service }).steps.find(({ kind }) => kind === 'smoke');

    expect(smoke).toMatchObject({
      tests: [{ contains: `version v1.1.0 of ${aRelease().commit}, v1.1.0` }],
      timesInARow: 1,
    });
  });

  it('takes a version as it is written, also where it looks like a pattern', () => {
    const test = { method: 'GET', path: '/version', status: 200, contains: '{version}' } as const;
    const service = aServicePolicy({ smoke: { tests: [test], timesInARow: 1 } });

    const plan = planned({ service, release: aRelease({ version: '$&{commit}' }) });

    expect(plan.steps.find(({ kind }) => kind === 'smoke')).toMatchObject({
      tests: [{ contains: '$&{commit}' }],
    });
  });

  it('goes through the regions one after the other, in the order of the policy', () => {
    const plan = inTheWorld();

    expect(regionsOf(plan)).toEqual(regions);
    expect(plan.steps.map(({ id }) => id)).toEqual(
      regions.flatMap((region) => [`${region}/start`, `${region}/smoke`, `${region}/verify`]),
    );
  });

  it('has a name for every step that no other step has', () => {
    const ids = inTheWorld().steps.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('waits at least a second, however short the settings are', () => {
    const plan = planned({ timing: { startWithin: 10, smokeWithin: 0 } });

    expect(plan.steps).toEqual(plan.steps.map((step) => ({ ...step, withinSeconds: 1 })));
  });
});

describe('the plan of a worker', () => {
  it('has no request to make: it is started and confirmed', () => {
    const { url: _none, ...run } = aRun();
    const service = aServicePolicy({ kind: 'worker', runs: { production: [run] } });

    expect(planned({ service }).steps.map(({ kind }) => kind)).toEqual(['start', 'verify']);
  });

  it('is that of a web service nobody wrote smoke tests for', () => {
    const service = aServicePolicy({ smoke: { tests: [], timesInARow: 3 } });

    expect(planned({ service }).steps.map(({ kind }) => kind)).toEqual(['start', 'verify']);
  });
});

describe('the digest of a plan', () => {
  it.each<[string, Change]>([
    ['version', { release: aRelease({ version: 'v2', digests: everywhere(digest('1')) }) }],
    ['commit', { release: aRelease({ commit: 'b'.repeat(40), digests: everywhere(digest('1')) }) }],
    [
      'image in one region',
      { release: aRelease({ digests: { ...everywhere(digest('1')), 'eu-west-1': digest('2') } }) },
    ],
    [
      'live revision in one region',
      {
        live: {
          ...Object.fromEntries(regions.map((region) => [region, aLive()])),
          'eu-west-1': aLive({ revision: 'checkout:8' }),
        },
      },
    ],
    [
      'order of regions',
      { service: { ...world, runs: { production: (world.runs.production ?? []).toReversed() } } },
    ],
    [
      'smoke test',
      {
        service: {
          ...world,
          smoke: { tests: [{ method: 'GET', path: '/health', status: 204 }], timesInARow: 3 },
        },
      },
    ],
    ['address', { service: { ...world, runs: { production: regions.map((region) => aRun({ region })) } } }],
    ['patience', { timing: { startWithin: 60_000 } }],
  ])('changes with another %s', (_what, change) => {
    expect(inTheWorld(change).digest).not.toBe(inTheWorld().digest);
  });

  it('does not change with the order AWS answered in', () => {
    const live = Object.fromEntries(regions.toReversed().map((region) => [region, aLive()]));

    expect(inTheWorld({ live }).digest).toBe(inTheWorld().digest);
  });

  it.each<[string, Change]>([
    ['title', { service: { ...world, title: 'Shop' } }],
    ['channel', { environment: { channel: 'C0OTHER' } }],
    ['pace of messages', { timing: { messageEvery: 1, messageRefresh: 1, poll: 1 } }],
  ])('does not change with another %s: nothing would be done differently', (_what, change) => {
    expect(inTheWorld(change).digest).toBe(inTheWorld().digest);
  });
});
