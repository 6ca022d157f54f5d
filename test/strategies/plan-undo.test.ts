import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import { planUndo } from '../../src/strategies/plan-deployment.ts';
import { aLive, anEnvironmentPolicy, aRegion, aServicePolicy, aTiming } from '../builders.ts';
import { digest, everywhere, regions, world } from './world.ts';

describe('the plan of a rollback', () => {
  const before = Object.fromEntries(
    regions.map((region, index) => [
      region,
      aLive({ revision: `checkout:${7 + index}`, version: 'v1.0.0', digest: digest('0') }),
    ]),
  );
  const live = Object.fromEntries(
    regions.map((region) => [region, aLive({ revision: 'checkout:20', version: 'v1.1.0' })]),
  );
  const undone = (change: Partial<Parameters<typeof planUndo>[0]> = {}) =>
    planUndo({
      service: world,
      environment: anEnvironmentPolicy(),
      live,
      before,
      timing: aTiming(),
      ...change,
    });

  it('puts back exactly the revision that ran before in each region, and proves it', () => {
    const plan = undone();

    expect(plan.steps.map(({ id }) => id)).toEqual(
      regions.flatMap((region) => [`${region}/restore`, `${region}/smoke`, `${region}/verify`]),
    );
    expect(plan.steps.flatMap((step) => (step.kind === 'restore' ? [step.revision] : []))).toEqual([
      'checkout:7',
      'checkout:8',
      'checkout:9',
    ]);
    expect(plan).toMatchObject({ from: live, to: { version: 'v1.0.0', digests: everywhere(digest('0')) } });
  });

  it('proves in each region what ran there, where regions ran different releases', () => {
    const test = { method: 'GET', path: '/version', status: 200, contains: '{version}' } as const;
    const service = { ...world, smoke: { tests: [test], timesInARow: 1 } };
    const other = aLive({ version: 'v0.9.0', commit: 'b'.repeat(40), digest: digest('9') });

    const plan = undone({ service, before: { ...before, 'eu-west-1': other } });

    expect(plan.to).toMatchObject({
      version: 'v1.0.0 and v0.9.0',
      digests: { ...everywhere(digest('0')), 'eu-west-1': digest('9') },
    });
    expect(plan.to).not.toHaveProperty('commit');
    expect(
      plan.steps.flatMap((step) => (step.kind === 'smoke' ? step.tests.map((one) => one.contains) : [])),
    ).toEqual(['v1.0.0', 'v0.9.0', 'v1.0.0']);
  });

  it.each([
    ['a region more than then', { before: { 'eu-west-1': aLive() } }],
    ['a region less than then', { before: { ...before, 'ap-south-1': aLive() } }],
    ['no region that is known of', { before: {} }],
  ])('is refused, with what to do, where the service runs in %s', (_where, change) => {
    expect(() => undone(change)).toThrow(UserError);
    expect(() => undone(change)).toThrow(/by the policy file.*Nothing was changed\..*`\/forge deploy /u);
  });

  it('has nothing to compare where the release before had no digest', () => {
    const { digest: _none, ...unknown } = aLive();

    const plan = undone({ before: { ...before, 'eu-west-1': unknown } });

    const there = plan.steps.filter(({ region }) => region === 'eu-west-1');
    expect(there.map(({ kind }) => kind)).toEqual(['restore', 'smoke']);
  });

  it('does not ask a release that Forge did not put there for a name that is only a guess', () => {
    const request = { method: 'GET', path: '/version', status: 200 } as const;
    const tests = ['{version}', '"{commit}"', 'all is well'].map((contains) => ({ ...request, contains }));
    const service = aServicePolicy({ smoke: { tests, timesInARow: 1 } });
    const { commit: _none, ...unknown } = aLive({ version: 'v0.9' });

    const plan = undone({ service, live: { [aRegion]: aLive() }, before: { [aRegion]: unknown } });

    expect(plan.to).not.toHaveProperty('commit');
    expect(plan.steps[1]).toMatchObject({
      tests: [request, request, { ...request, contains: 'all is well' }],
    });
    expect(JSON.stringify(plan.steps[1])).not.toContain('v0.9');
  });
});
