import { describe, expect, it } from 'vitest';
import { countsFor } from '../../src/domain/approval.ts';
import {
  allowedTo,
  askedFor,
  everyOf,
  type Grants,
  groupsIn,
  isOf,
  membersOf,
  type PeoplePolicy,
} from '../../src/domain/people-policy.ts';
import type { Role } from '../../src/domain/roles.ts';

const place = { service: 'api', environment: 'production' };

function policy(all: Partial<Grants>, production: Partial<Grants> = {}): PeoplePolicy {
  const nothing: Grants = { roles: {}, groups: {} };
  return {
    all: { ...nothing, ...all },
    environments: { production: { ...nothing, ...production } },
    services: {},
  };
}

function person(id: string, groups: readonly string[] = []) {
  return { id, groups };
}

const named = policy({
  roles: {
    deployer: ['U0DEV'],
    approver: ['U0MAYA'],
    'release-manager': ['S0RELEASE'],
    'incident-commander': ['U0DANA'],
    admin: ['U0RAVI'],
  },
  groups: { security: ['U0PRIYA'] },
});

describe('who counts for a role or a group', () => {
  it.each<[Role | 'security', string[]]>([
    ['approver', ['U0MAYA', 'U0LENA', 'U0DANA']],
    ['release-manager', ['U0LENA', 'U0DANA']],
    ['incident-commander', ['U0DANA']],
    ['admin', ['U0RAVI']],
    ['security', ['U0PRIYA']],
  ])('is for a need of one %s exactly those of it and of greater roles', (name, expected) => {
    const everybody = ['U0DEV', 'U0MAYA', 'U0LENA', 'U0DANA', 'U0RAVI', 'U0PRIYA'].map((id) =>
      person(id, id === 'U0LENA' ? ['S0RELEASE'] : []),
    );

    expect(everybody.filter((one) => isOf(name, one, place, named)).map(({ id }) => id)).toEqual(expected);
  });

  it('is nobody for a name that policy does not know', () => {
    expect(isOf('finance', person('U0DANA'), place, named)).toBe(false);
    expect(everyOf('finance', place, named)).toEqual([]);
  });

  it('is everyone where policy expressly says so, and not only because it is silent', () => {
    const said = policy({ everyone: 'release-manager' });

    expect(isOf('approver', person('U0ANY'), place, said)).toBe(true);
    expect(isOf('incident-commander', person('U0ANY'), place, said)).toBe(false);
    expect(isOf('security', person('U0ANY'), place, said)).toBe(false);
    expect(isOf('approver', person('U0ANY'), place, policy({}))).toBe(false);
    expect(isOf('approver', person('U0ANY'), place, policy({ everyone: 'nobody' }))).toBe(false);
  });

  it('is decided by the nearest that names them', () => {
    const narrowed = policy(
      { everyone: 'approver', roles: { 'release-manager': ['U0LENA'] } },
      { everyone: 'viewer', roles: { 'release-manager': ['U0DANA'] } },
    );

    expect(isOf('release-manager', person('U0LENA'), place, narrowed)).toBe(false);
    expect(isOf('release-manager', person('U0DANA'), place, narrowed)).toBe(true);
    expect(isOf('approver', person('U0ANY'), place, narrowed)).toBe(false);
    expect(isOf('approver', person('U0ANY'), { environment: 'staging' }, narrowed)).toBe(true);
  });

  it('is asked first of those named for the role itself', () => {
    expect(membersOf('release-manager', place, named)).toEqual(['S0RELEASE']);
    expect(everyOf('release-manager', place, named)).toEqual(['S0RELEASE', 'U0DANA']);
  });

  it('is asked of those for the role itself, then of greater roles, and never of who may not', () => {
    const asked = (excluded: string[], under = named) => askedFor('release-manager', place, under, excluded);

    expect(asked([])).toEqual(['S0RELEASE']);
    expect(asked(['S0RELEASE'])).toEqual(['U0DANA']);
    expect(asked(['S0RELEASE', 'U0DANA'])).toEqual([]);
    expect(asked([], policy({ roles: { 'incident-commander': ['U0DANA'] } }))).toEqual(['U0DANA']);
    expect(
      asked([], policy({ everyone: 'release-manager', roles: { 'incident-commander': ['U0DANA'] } })),
    ).toEqual([]);
  });

  it('decides what a vote may count for', () => {
    const needs = [
      { from: 'release-manager', count: 1 },
      { from: 'security', count: 1 },
    ];

    expect(countsFor(person('U0DANA'), needs, place, named)).toEqual(['release-manager']);
    expect(countsFor(person('U0PRIYA'), needs, place, named)).toEqual(['security']);
    expect(countsFor(person('U0MAYA'), needs, place, named)).toEqual([]);
  });
});

describe('who may do something', () => {
  it('is everyone whose role for everybody allows it, and else those named for a role that does', () => {
    const { all } = named;
    const everybody = { ...named, all: { ...all, everyone: 'deployer' as const } };

    expect(allowedTo('deploy', place, everybody)).toBe('everyone');
    expect(allowedTo('vote', place, everybody)).toEqual(['U0MAYA', 'S0RELEASE', 'U0DANA']);
    expect(allowedTo('configure', place, everybody)).toEqual(['U0RAVI']);
  });

  it('is each of them once, and where policy has nobody for everyone those named alone', () => {
    const twice = policy({
      everyone: 'nobody',
      roles: { approver: ['U0DANA'], 'incident-commander': ['U0DANA'] },
    });

    expect(allowedTo('vote', place, twice)).toEqual(['U0DANA']);
    expect(allowedTo('configure', place, twice)).toEqual([]);
  });
});

describe('the user groups that policy names', () => {
  it('are those of every place, of roles and of other groups, each once', () => {
    const all = policy(
      {
        roles: { approver: ['S0LEADS', 'U0MAYA', 'S.team@acme.example'] },
        groups: { security: ['S0SECURITY'] },
      },
      { roles: { deployer: ['S0LEADS', 'S0SHIPS'] } },
    );
    const grants: Grants = { roles: {}, groups: { finance: ['S0FINANCE'] } };

    expect(groupsIn({ ...all, services: { api: { staging: grants } } })).toEqual([
      'S0LEADS',
      'S0SECURITY',
      'S0SHIPS',
      'S0FINANCE',
    ]);
  });
});
