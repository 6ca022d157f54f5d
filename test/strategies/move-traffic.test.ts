import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import { Plan, regionsOf, type Step } from '../../src/domain/plan.ts';
import type { StrategyPolicy } from '../../src/domain/policy.ts';
import { planDeployment } from '../../src/strategies/plan-deployment.ts';
import { aGatePolicy, aRegion, aRelease, aServicePolicy, aTiming } from '../builders.ts';
import {
  aColouredEnvironment,
  aColouredLive,
  aColouredService,
  aDeadManPolicy,
  aLiveWithStandby,
} from '../colour-builders.ts';
import { digest, everywhere, regions } from './world.ts';

type Request = Parameters<typeof planDeployment>[0];

function planned(change: Partial<Request> = {}) {
  return planDeployment({
    service: aColouredService(),
    environment: aColouredEnvironment(),
    live: { [aRegion]: aColouredLive() },
    timing: aTiming(),
    release: aRelease(),
    ...change,
  });
}

const kindsOf = (steps: readonly Step[]) => steps.map(({ kind }) => kind);
const weightsOf = (steps: readonly Step[]) =>
  steps.flatMap((step) => (step.kind === 'shift' ? [step.weight] : []));
const bakesOf = (steps: readonly Step[]) =>
  steps.flatMap((step) => (step.kind === 'bake' ? [step.seconds] : []));

describe('the plan of a canary', () => {
  it('proves the release on the idle colour, moves traffic to it step by step, and keeps the old colour warm', () => {
    const steps = [{ weight: 5, bake: 90_000 }, { weight: 100, bake: 1_800_000, approve: true } as const];

    const plan = planned({ environment: aColouredEnvironment({ strategy: { kind: 'canary', steps } }) });

    const of = { region: aRegion };
    const to = 'green';
    expect(plan.steps).toEqual([
      { ...of, id: 'eu-west-1/start', kind: 'start', on: to, withinSeconds: 600 },
      { ...of, id: 'eu-west-1/verify', kind: 'verify', on: to, withinSeconds: 60 },
      {
        ...of,
        id: 'eu-west-1/smoke',
        kind: 'smoke',
        through: 'preview',
        preview: { header: 'X-Forge-Preview', valueFrom: 'FORGE_PREVIEW_TOKEN', colour: to },
        url: 'https://checkout.example',
        tests: [{ method: 'GET', path: '/health', status: 200 }],
        timesInARow: 3,
        withinSeconds: 60,
      },
      { ...of, id: 'eu-west-1/arm', kind: 'arm', to: 'blue', afterSeconds: 300 },
      { ...of, id: 'eu-west-1/shift-5', kind: 'shift', to, weight: 5, settleSeconds: 15 },
      { ...of, id: 'eu-west-1/bake-5', kind: 'bake', to, weight: 5, seconds: 90 },
      { ...of, id: 'eu-west-1/shift-100', kind: 'shift', to, weight: 100, settleSeconds: 15 },
      { ...of, id: 'eu-west-1/bake-100', kind: 'bake', to, weight: 100, seconds: 1800 },
      { ...of, id: 'eu-west-1/approve-100', kind: 'approve', to, weight: 100 },
      { ...of, id: 'eu-west-1/disarm', kind: 'disarm' },
      { ...of, id: 'eu-west-1/standby', kind: 'standby', on: 'blue', seconds: 86_400 },
    ]);
    expect(plan).toMatchObject({ strategy: 'canary', gates: aGatePolicy() });
    expect(Plan.parse(plan)).toEqual(plan);
  });

  it('goes from green to blue where green is live', () => {
    const plan = planned({ live: { [aRegion]: aLiveWithStandby() } });

    expect(plan.steps.flatMap((step) => ('on' in step ? [[step.kind, step.on]] : []))).toEqual([
      ['start', 'blue'],
      ['verify', 'blue'],
      ['standby', 'green'],
    ]);
    expect(plan.steps.flatMap((step) => ('to' in step ? [step.to] : []))).toEqual([
      'green',
      ...Array.from({ length: 8 }, () => 'blue'),
    ]);
  });

  it('finishes one region before it begins the next', () => {
    const plan = planned({
      service: aColouredService({}, regions),
      live: Object.fromEntries(regions.map((region) => [region, aColouredLive()])),
      release: aRelease({ digests: everywhere(digest('1')) }),
    });

    expect(regionsOf(plan)).toEqual(regions);
    const last = plan.steps.map(({ region }) => region).lastIndexOf('us-east-1');
    expect(plan.steps.slice(0, last + 1).every(({ region }) => region === 'us-east-1')).toBe(true);
    expect(new Set(plan.steps.map(({ id }) => id)).size).toBe(plan.steps.length);
  });

  it('leaves no switch behind where the policy has none', () => {
    const { deadMan: _off, ...environment } = aColouredEnvironment();

    expect(kindsOf(planned({ environment }).steps)).not.toContain('arm');
    expect(kindsOf(planned({ environment }).steps)).not.toContain('disarm');
  });

  it('keeps times shorter than a second as they are', () => {
    const steps = [{ weight: 100, bake: 1_500 }];
    const environment = aColouredEnvironment({
      strategy: { kind: 'canary', steps },
      deadMan: aDeadManPolicy({ after: 2_500 }),
    });

    const plan = planned({ environment, timing: aTiming({ settle: 300 }) });

    expect(bakesOf(plan.steps)).toEqual([1.5]);
    expect(plan.steps).toContainEqual(expect.objectContaining({ kind: 'arm', afterSeconds: 2.5 }));
    expect(plan.steps).toContainEqual(expect.objectContaining({ kind: 'shift', settleSeconds: 0.3 }));
  });

  it('has no request to make where nobody wrote smoke tests', () => {
    const service = aColouredService({ smoke: { tests: [], timesInARow: 3 } });

    expect(kindsOf(planned({ service }).steps).slice(0, 3)).toEqual(['start', 'verify', 'arm']);
  });

  it('is judged by the limits of the service where it has its own', () => {
    const own = aGatePolicy({ confidence: 0.99 });
    const service = aColouredService({ gates: { production: own } });

    expect(planned({ service }).gates).toEqual(own);
  });
});

describe('the strategy of a deployment', () => {
  const environment = aColouredEnvironment({ strategy: { kind: 'rolling' } });

  it('is the one a person names, with its usual steps where the policy has none for it', () => {
    const canary = planned({ environment, strategy: 'canary' });
    const blueGreen = planned({ strategy: 'blue-green' });

    expect(canary.strategy).toBe('canary');
    expect(weightsOf(canary.steps)).toEqual([10, 25, 50, 100]);
    expect(bakesOf(canary.steps)).toEqual([600, 600, 600, 600]);
    expect(blueGreen.strategy).toBe('blue-green');
    expect(weightsOf(blueGreen.steps)).toEqual([100]);
    expect(bakesOf(blueGreen.steps)).toEqual([1800]);
  });

  it('is that of the policy where a person names the same', () => {
    const steps = [{ weight: 100, bake: 60_000 }];
    const own = aColouredEnvironment({ strategy: { kind: 'blue-green', steps } });

    expect(planned({ environment: own, strategy: 'blue-green' })).toEqual(planned({ environment: own }));
  });

  it('is that of the service before that of the environment', () => {
    const strategies: Record<string, StrategyPolicy> = {
      production: { kind: 'blue-green', steps: [{ weight: 100, bake: 60_000 }] },
    };

    const plan = planned({ environment, service: aColouredService({ strategies }) });

    expect(plan.strategy).toBe('blue-green');
    expect(bakesOf(plan.steps)).toEqual([60]);
  });

  it('is refused where the service has no two colours to move traffic between', () => {
    const service = aServicePolicy();

    const plan = () => planned({ service, strategy: 'canary' });

    expect(plan).toThrow(UserError);
    expect(plan).toThrow(/runs on one ECS service, and canary needs two.*Nothing was changed\./u);
  });

  it('is refused where it would replace the tasks of a service in colours', () => {
    const plan = () => planned({ strategy: 'rolling' });

    expect(plan).toThrow(UserError);
    expect(plan).toThrow(/runs on two ECS services, blue and green, and rolling.*Nothing was changed\./u);
  });

  it('has no limits to be judged by where it is rolling', () => {
    const plan = planned({ service: aServicePolicy(), strategy: 'rolling' });

    expect(plan).not.toHaveProperty('gates');
  });
});

describe('the digest of a plan in colours', () => {
  it.each<[string, Partial<Request>]>([
    ['strategy', { strategy: 'blue-green' }],
    ['limit', { service: aColouredService({ gates: { production: aGatePolicy({ confidence: 0.5 }) } }) }],
    ['standby', { environment: aColouredEnvironment({ standby: 3_600_000 }) }],
    ['switch', { environment: aColouredEnvironment({ deadMan: aDeadManPolicy({ after: 600_000 }) }) }],
  ])('changes with another %s', (_what, change) => {
    expect(planned(change).digest).not.toBe(planned().digest);
  });
});
