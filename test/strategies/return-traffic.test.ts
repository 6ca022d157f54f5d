import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import { Plan, type Step } from '../../src/domain/plan.ts';
import type { Idle } from '../../src/domain/release.ts';
import { planUndo } from '../../src/strategies/plan-deployment.ts';
import { aLive, aRegion, aRun, aServicePolicy, aTiming } from '../builders.ts';
import {
  aColouredEnvironment,
  aColouredLive,
  aColouredService,
  aLiveWithStandby,
  anIdle,
} from '../colour-builders.ts';
import { regions } from './world.ts';

type Request = Parameters<typeof planUndo>[0];

const { revision } = aLive();

/** Green is live, blue is what it replaced. */
function undone(change: Partial<Request> = {}) {
  return planUndo({
    service: aColouredService(),
    environment: aColouredEnvironment(),
    live: { [aRegion]: aLiveWithStandby() },
    before: { [aRegion]: aColouredLive() },
    timing: aTiming(),
    ...change,
  });
}

const withStandby = (change: Partial<Idle>) => ({
  [aRegion]: aLiveWithStandby({
    idle: anIdle({ place: 'blue', revision, desired: 2, healthy: 2, ...change }),
  }),
});
const idsOf = (steps: readonly Step[]) => steps.map(({ id }) => id);
const kindsOf = (steps: readonly Step[]) => steps.map(({ kind }) => kind);

describe('the plan of a rollback in colours', () => {
  it('moves traffic first where the standby is warm, then proves it, then cleans up', () => {
    const plan = undone();

    expect(plan.steps).toEqual([
      { id: 'eu-west-1/return', region: aRegion, kind: 'return', to: 'blue', revision, needs: 2 },
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
      { id: 'eu-west-1/watch', region: aRegion, kind: 'watch', on: 'blue', seconds: 300 },
      { id: 'eu-west-1/retire', region: aRegion, kind: 'retire', on: 'green' },
    ]);
    expect(plan).toMatchObject({ strategy: 'canary', to: { version: 'v1.0.0' } });
    expect(plan.gates).toBeDefined();
    expect(Plan.parse(plan)).toEqual(plan);
  });

  it.each([
    ['carries something else', { revision: 'checkout:3' }],
    ['was scaled down', { desired: 0, healthy: 0 }],
    ['is one task short', { desired: 2, healthy: 1 }],
    ['is being scaled down, though its targets are there still', { desired: 0, healthy: 2 }],
  ])('starts the release again before any traffic moves where the standby %s', (_how, idle) => {
    const plan = undone({ live: withStandby(idle) });

    expect(kindsOf(plan.steps)).toEqual(['restore', 'return', 'smoke', 'watch', 'retire']);
    expect(plan.steps[0]).toEqual({
      id: 'eu-west-1/restore',
      region: aRegion,
      kind: 'restore',
      on: 'blue',
      revision,
      desired: 2,
      withinSeconds: 600,
    });
    expect(plan.steps[1]).toMatchObject({ to: 'blue', needs: 2 });
  });

  it('needs no more than one task where a person calls it an emergency', () => {
    const plan = undone({ live: withStandby({ healthy: 1 }), emergency: true });

    expect(kindsOf(plan.steps)).toEqual(['return', 'smoke', 'watch', 'retire']);
    expect(plan.steps[0]).toMatchObject({ needs: 1 });
  });

  it.each([
    ['has no healthy task', { healthy: 0 }],
    ['carries something else', { revision: 'checkout:3' }],
  ])('starts the release again, emergency or not, where the standby %s', (_how, idle) => {
    const plan = undone({ live: withStandby(idle), emergency: true });

    expect(kindsOf(plan.steps).slice(0, 2)).toEqual(['restore', 'return']);
  });

  it('moves traffic to one healthy task at least, whatever is wanted of the live colour', () => {
    const live = { [aRegion]: aLiveWithStandby({ desired: 0 }) };

    expect(undone({ live }).steps[0]).toMatchObject({ kind: 'return', needs: 1 });
    const cold = { [aRegion]: aLiveWithStandby({ desired: 0, idle: anIdle({ place: 'blue' }) }) };
    expect(undone({ live: cold }).steps[0]).toMatchObject({ kind: 'restore', desired: 1 });
  });

  it('lets no region that must be started again hold up those that are warm', () => {
    const [, cold = ''] = regions;
    const live = Object.fromEntries(regions.map((region) => [region, aLiveWithStandby()]));
    const plan = undone({
      service: aColouredService({}, regions),
      live: { ...live, [cold]: aLiveWithStandby({ idle: anIdle({ place: 'blue' }) }) },
      before: Object.fromEntries(regions.map((region) => [region, aColouredLive()])),
    });

    expect(idsOf(plan.steps)).toEqual([
      ...['us-east-1/return', 'ap-southeast-1/return', 'us-east-1/smoke', 'ap-southeast-1/smoke'],
      ...['eu-west-1/restore', 'eu-west-1/return', 'eu-west-1/smoke'],
      ...['us-east-1/watch', 'eu-west-1/watch', 'ap-southeast-1/watch'],
      ...['ap-southeast-1/retire', 'eu-west-1/retire', 'us-east-1/retire'],
    ]);
  });

  it.each([
    ['two', aColouredService(), aLive(), /deployed on one ECS service, in eu-west-1, and .* now two/u],
    [
      'one',
      aServicePolicy({ runs: { production: [aRun()] }, strategies: { production: { kind: 'rolling' } } }),
      aColouredLive(),
      /deployed on two ECS services, blue and green, in eu-west-1, and .* now one/u,
    ],
  ])('is refused where the service was moved to %s since', (_count, service, before, words) => {
    const plan = () => undone({ service, before: { [aRegion]: before } });

    expect(plan).toThrow(UserError);
    expect(plan).toThrow(words);
    expect(plan).toThrow(/Nothing was changed\..*`\/forge deploy checkout production`/u);
  });
});
