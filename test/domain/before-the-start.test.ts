import { describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { checksStanding } from '../../src/domain/check-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { GithubPolicy } from '../../src/domain/policy.ts';
import { plannedCheck } from '../../src/domain/policy-checks.ts';
import { shippedTo } from '../../src/domain/shipped-to.ts';
import {
  aDeployment,
  anEnvironmentPolicy,
  aPlan,
  aPolicy,
  aRelease,
  aRequestedEvent,
  aRun,
} from '../builders.ts';

const box: CheckPolicy = { name: 'Stakeholders', within: 1_000, kind: 'box', says: 'They are told' };
const tests: CheckPolicy = {
  ...{ name: 'Unit tests', within: 1_000, kind: 'command', run: 'npm test' },
  ...{ installWithin: 1_000, outputLimit: 1_000 },
};

const planned: DeploymentEvent = { type: 'checks-planned', checks: [plannedCheck(tests)] };

describe('a check before the start', () => {
  it('says whose tick counts, where the policy says it', () => {
    expect(plannedCheck(box).box).toEqual({ says: 'They are told' });
    expect(plannedCheck({ ...box, by: 'approver' }).box).toEqual({ says: 'They are told', by: 'approver' });
    expect(plannedCheck(tests).box).toBeUndefined();
  });

  it('that is late says where to see more, where that is known', () => {
    const late = { type: 'check-waiting', name: 'Unit tests', says: 'CI is late' } as const;
    const more = { url: 'https://ci.example/1' };

    const [known] = aDeployment([planned, { ...late, more }]).checkStates;
    const [unknown] = aDeployment([planned, late]).checkStates;

    expect(known).toMatchObject({ state: 'running', says: 'CI is late', more });
    expect(unknown).not.toHaveProperty('more');
  });

  it('that somebody lets pass keeps what was wrong with it, as far as that was known', () => {
    const failed = {
      ...({ type: 'check-failed', name: 'Unit tests', verdict: 'failed' } as const),
      ...{ says: 'two tests fail', deadline: 1 },
    };
    const overridden = { type: 'check-overridden', name: 'Unit tests' } as const;

    expect(aDeployment([planned, failed, overridden]).checkStates[0]).toMatchObject({
      ...{ state: 'overridden', says: 'two tests fail' },
    });
    expect(aDeployment([planned, overridden]).checkStates[0]).toMatchObject({
      ...{ state: 'overridden', says: '' },
    });
  });
});

describe('the checks of a deployment', () => {
  it.each<[string, CheckPolicy[]]>([
    ['there are more', [tests, box]],
    ['one is another', [box]],
    ['one is of the same name and asks for something else', [{ ...tests, within: 5_000 }]],
    ['there are none any more', []],
  ])('are planned anew where the policy has changed: %s', (_, policy) => {
    const { checkStates } = aDeployment([planned]);

    const standing = checksStanding({ checkStates }, { policy, isImageThere: true, now: 0 });

    expect(standing).toEqual({ kind: 'to-plan', checks: policy.map(plannedCheck) });
  });
});

describe('a check that did not pass', () => {
  it.each(['failed', 'unknown'] as const)('waits for people until its deadline: %s', (verdict) => {
    const failed: DeploymentEvent = {
      ...{ type: 'check-failed', name: 'Unit tests', verdict, says: 'x', deadline: 9_000 },
    };
    const { checkStates } = aDeployment([planned, failed]);
    const at = (now: number) =>
      checksStanding({ checkStates }, { policy: [tests], isImageThere: true, now }).kind;

    expect(at(8_999)).toBe('blocked');
    expect(at(9_000)).toBe('over');
  });
});

describe('a check that people answered for', () => {
  const { of } = plannedCheck(box);
  const boxed: DeploymentEvent = { type: 'checks-planned', checks: [plannedCheck(box)] };

  it.each<[string, CheckPolicy, DeploymentEvent[]]>([
    ['that was let pass', tests, [planned, { type: 'check-overridden', name: 'Unit tests' }]],
    ['whose box was ticked', box, [boxed, { type: 'box-ticked', name: 'Stakeholders', of }]],
  ])('keeps nothing from going on: one %s', (_, policy, events) => {
    const standing = checksStanding(aDeployment(events), { policy: [policy], isImageThere: true, now: 0 });

    expect(standing).toEqual({ kind: 'cleared', stale: null });
  });
});

describe('what was scheduled before it had an image', () => {
  const unbuilt = aPlan({ to: aRelease({ digests: {} }) });
  const built = aPlan();
  const agreedOf = (about: typeof built, replanned: typeof built) =>
    aDeployment([
      aRequestedEvent({ plan: about, startAt: 5_000_000_000_000 }),
      { type: 'replanned', plan: replanned },
    ]).agreed?.about;

  it('is agreed to with the image that is made of its commit', () => {
    expect(agreedOf(unbuilt, built)?.to).toEqual(built.to);
  });

  it('is not agreed to with the image of another commit, or another image', () => {
    const other = aPlan({ to: aRelease({ commit: 'beef'.padEnd(40, '0') }) });

    expect(agreedOf(unbuilt, other)?.to).toEqual(unbuilt.to);
    expect(agreedOf(built, other)?.to).toEqual(built.to);
  });
});

describe('what was pushed', () => {
  it('is known of a deployment that nobody asked for by hand', () => {
    const pushed = { repository: 'acme/checkout', ref: 'refs/heads/main', commit: 'c0ffee'.padEnd(40, '0') };

    expect(aDeployment([aRequestedEvent({ pushed })]).pushed).toEqual(pushed);
    expect(aDeployment([aRequestedEvent()])).not.toHaveProperty('pushed');
  });
});

describe('where a branch is deployed once it is merged', () => {
  const ship = { base: 'main', labels: [], reviewers: [], merge: 'squash', reviews: 1 } as const;
  const policyWith = (then?: string) => {
    const github: GithubPolicy = {
      people: {},
      ship: { ...ship, labels: [], reviewers: [], ...(then === undefined ? {} : { then }) },
    };
    const environments = [
      anEnvironmentPolicy({ name: 'elsewhere' }),
      anEnvironmentPolicy({ name: 'old', branch: 'release' }),
      anEnvironmentPolicy({ name: 'staging' }),
      anEnvironmentPolicy({ name: 'production' }),
    ];
    return aPolicy({ github, environments });
  };
  const runs = { old: [aRun()], staging: [aRun()], production: [aRun()] };

  it('is the first environment of the base that the service runs in, or the one the policy names', () => {
    expect(shippedTo(policyWith(), { runs })?.name).toBe('staging');
    expect(shippedTo(policyWith('production'), { runs })?.name).toBe('production');
  });

  it('is nowhere where the service does not run there, or without GitHub', () => {
    expect(shippedTo(policyWith('elsewhere'), { runs })).toBeUndefined();
    expect(shippedTo(aPolicy(), { runs })).toBeUndefined();
  });
});
