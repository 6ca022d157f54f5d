import { describe, expect, it } from 'vitest';
import type { GithubPolicy, RunnerPolicy, ShipPolicy } from '../../src/domain/policy.ts';
import { policyChanges } from '../../src/domain/policy-changes.ts';
import { anEnvironmentPolicy, aPeoplePolicy, aPolicy, aServicePolicy, aTiming } from '../builders.ts';

describe('what a policy says otherwise than another', () => {
  it('is nothing where both say the same in another order of keys', () => {
    const { people, ...rest } = aPolicy();

    expect(policyChanges(aPolicy(), { people, ...rest })).toEqual([]);
  });

  it('is which environments and services came and went', () => {
    const before = aPolicy({ services: [aServicePolicy({ name: 'api' })] });
    const after = aPolicy({
      services: [aServicePolicy({ name: 'mailer' })],
      environments: [...before.environments, anEnvironmentPolicy({ name: 'playground' })],
    });

    expect(policyChanges(before, after)).toEqual([
      { of: 'environment', name: 'playground', kind: 'added' },
      { of: 'service', name: 'api', kind: 'removed' },
      { of: 'service', name: 'mailer', kind: 'added' },
    ]);
  });

  it('is in which parts one differs, also in one that is only in one of them', () => {
    const approvals = { needs: [{ from: 'security', count: 1 }], within: 1, emergencyAlone: false };
    const before = aPolicy({ environments: [anEnvironmentPolicy({ name: 'production', branch: 'main' })] });
    const after = aPolicy({
      environments: [anEnvironmentPolicy({ name: 'production', branch: 'trunk', approvals })],
    });

    const parts = ['branch', 'approvals'];
    expect(policyChanges(before, after)).toEqual([
      { of: 'environment', name: 'production', kind: 'changed', parts },
    ]);
    expect(policyChanges(after, before)).toEqual([
      { of: 'environment', name: 'production', kind: 'changed', parts },
    ]);
  });

  it('is in which environments people have other roles', () => {
    const nobody = { roles: {}, groups: {} };
    const people = {
      ...aPeoplePolicy(),
      environments: { production: nobody },
      services: { api: { staging: nobody, production: nobody } },
    };

    expect(policyChanges(aPolicy(), aPolicy({ people }))).toEqual([
      { of: 'people', environments: ['production', 'staging'] },
    ]);
    expect(policyChanges(aPolicy({ people }), aPolicy())).toEqual([
      { of: 'people', environments: ['production', 'staging'] },
    ]);
    expect(policyChanges(aPolicy(), aPolicy({ people: aPeoplePolicy({ everyone: 'viewer' }) }))).toEqual([
      { of: 'people', environments: [] },
    ]);
  });

  it('is the timing and the schedules', () => {
    const schedules = { queue: 'queue', deadLetters: 'dead', role: 'role', group: 'group' };

    expect(policyChanges(aPolicy(), aPolicy({ timing: aTiming({ poll: 1 }), schedules }))).toEqual([
      { of: 'timing' },
      { of: 'schedules' },
    ]);
  });

  it('is GitHub with its parts, or as a whole, and the runner', () => {
    const ship: ShipPolicy = {
      ...{ base: 'main', labels: [], reviewers: 'codeowners', merge: 'squash', reviews: 1 },
    };
    const github: GithubPolicy = { people: {}, ship };
    const runner: RunnerPolicy = { isolation: 'bubblewrap', network: 'none', atOnce: 2 };
    const polling = { kind: 'polling', pollEvery: 30_000 } as const;

    expect(policyChanges(aPolicy(), aPolicy({ github, runner }))).toEqual([
      { of: 'github', parts: [] },
      { of: 'runner' },
    ]);
    expect(policyChanges(aPolicy({ github }), aPolicy({ github: { ...github, triggers: polling } }))).toEqual(
      [{ of: 'github', parts: ['triggers'] }],
    );
  });
});
