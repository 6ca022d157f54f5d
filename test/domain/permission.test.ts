import { describe, expect, it } from 'vitest';
import type { Grants, PeoplePolicy } from '../../src/domain/people-policy.ts';
import { type Asker, admission, permission } from '../../src/domain/permission.ts';
import { ACTS, type Act, ROLES, type Role } from '../../src/domain/roles.ts';

const KINDS: Asker['kind'][] = ['member', 'guest', 'stranger', 'bot', 'deactivated'];

/** The table of the product: who may do what, written out once more. */
const MAY: Record<Act, Role[]> = {
  read: ['viewer', 'responder', 'deployer', 'approver', 'release-manager', 'incident-commander', 'admin'],
  deploy: ['deployer', 'approver', 'release-manager', 'incident-commander'],
  promote: ['deployer', 'approver', 'release-manager', 'incident-commander'],
  schedule: ['deployer', 'approver', 'release-manager', 'incident-commander'],
  ship: ['deployer', 'approver', 'release-manager', 'incident-commander'],
  lock: ['deployer', 'approver', 'release-manager', 'incident-commander'],
  pause: ['responder', 'deployer', 'approver', 'release-manager', 'incident-commander'],
  abort: ['responder', 'deployer', 'approver', 'release-manager', 'incident-commander'],
  rollback: ['responder', 'deployer', 'approver', 'release-manager', 'incident-commander'],
  acknowledge: ['responder', 'deployer', 'approver', 'release-manager', 'incident-commander'],
  vote: ['approver', 'release-manager', 'incident-commander'],
  resume: ['approver', 'release-manager', 'incident-commander'],
  skip: ['approver', 'release-manager', 'incident-commander'],
  'take-over': ['approver', 'release-manager', 'incident-commander'],
  freeze: ['release-manager', 'incident-commander'],
  'lock-for-others': ['release-manager', 'incident-commander'],
  flags: ['release-manager', 'incident-commander'],
  consent: ['release-manager', 'incident-commander'],
  review: ['release-manager', 'incident-commander'],
  emergency: ['incident-commander'],
  'kill-flag': ['incident-commander'],
  configure: ['admin'],
  export: ['admin'],
  'dead-letters': ['admin'],
};

const nothing: Grants = { roles: {}, groups: {} };

function policy(all: Partial<Grants>, more: Partial<PeoplePolicy> = {}): PeoplePolicy {
  return { all: { ...nothing, ...all }, environments: {}, services: {}, ...more };
}

function somebody(change: { id?: string; kind?: Asker['kind']; email?: string; groups?: string[] } = {}) {
  return { id: 'U0MAYA', kind: 'member' as const, groups: [], ...change };
}

const production = { service: 'api', environment: 'production' };

describe('what a role may do', () => {
  for (const role of ROLES) {
    it.each(ACTS)(`is for a ${role} as the product says: %s`, (act) => {
      for (const environment of [undefined, 'staging', 'production']) {
        const place = environment === undefined ? {} : { service: 'api', environment };
        const named = policy({ everyone: 'nobody', roles: { [role]: ['U0MAYA'] } });
        const general = policy({ everyone: role });
        const expected = MAY[act].includes(role) ? 'allowed' : 'denied';

        expect(permission(somebody(), { act, ...place }, named).kind).toBe(expected);
        expect(permission(somebody(), { act, ...place }, general).kind).toBe(expected);
      }
    });
  }

  it('is nothing for whom no role was given where everyone is nobody', () => {
    const denied = ACTS.map((act) => permission(somebody(), { act }, policy({ everyone: 'nobody' })).kind);

    expect(new Set(denied)).toEqual(new Set(['denied']));
  });

  it('is to deploy for every full member where the policy names who answers', () => {
    const named = policy({ roles: { 'incident-commander': ['U0DANA'] } });

    expect(permission(somebody(), { act: 'deploy', ...production }, named).kind).toBe('allowed');
    expect(permission(somebody(), { act: 'resume', ...production }, named).kind).toBe('denied');
  });

  it('is to answer as well for every full member where the policy names nobody for that', () => {
    expect(permission(somebody(), { act: 'resume', ...production }, policy({})).kind).toBe('allowed');
    expect(permission(somebody(), { act: 'freeze', ...production }, policy({})).kind).toBe('denied');
  });

  it.each(KINDS.filter((kind) => kind !== 'member'))('is nothing for a %s, whatever the role', (kind) => {
    const all = policy({ everyone: 'incident-commander', roles: { admin: ['U0MAYA'] } });

    for (const act of ACTS) expect(permission(somebody({ kind }), { act }, all).kind).toBe('denied');
  });

  it('is nothing for somebody Slack does not know', () => {
    expect(permission(undefined, { act: 'read' }, policy({})).kind).toBe('denied');
  });
});

describe('a role', () => {
  const act = 'vote';

  it('is given to a user group, and so to those who are in it', () => {
    const given = policy({ everyone: 'viewer', roles: { approver: ['S0LEADS'] } });

    expect(permission(somebody({ groups: ['S0LEADS'] }), { act }, given).kind).toBe('allowed');
    expect(permission(somebody({ groups: ['S0OTHER'] }), { act }, given).kind).toBe('denied');
  });

  it('is given by e-mail address, however it is typed', () => {
    const given = policy({ everyone: 'viewer', roles: { approver: ['Lena.Fischer@acme.example'] } });

    expect(permission(somebody({ email: 'lena.fischer@ACME.example' }), { act }, given).kind).toBe('allowed');
    expect(permission(somebody({ email: 'lena@acme.example' }), { act }, given).kind).toBe('denied');
    expect(permission(somebody(), { act }, given).kind).toBe('denied');
  });

  it('is not given by an id that only looks like the group’s', () => {
    const given = policy({ everyone: 'viewer', roles: { approver: ['S0LEADS'] } });

    expect(permission(somebody({ id: 'S0LEADS' }), { act }, given).kind).toBe('denied');
  });

  it('of an environment replaces the company’s there, and nowhere else', () => {
    const given = policy(
      { roles: { approver: ['U0MAYA'] } },
      { environments: { production: { ...nothing, roles: { approver: ['U0LENA'] } } } },
    );

    expect(permission(somebody(), { act, ...production }, given).kind).toBe('denied');
    expect(permission(somebody(), { act, service: 'api', environment: 'staging' }, given).kind).toBe(
      'allowed',
    );
    expect(permission(somebody({ id: 'U0LENA' }), { act, ...production }, given).kind).toBe('allowed');
  });

  it('of a service in an environment replaces that of the environment', () => {
    const given = policy(
      {},
      {
        environments: { production: { ...nothing, roles: { approver: ['U0LENA'] } } },
        services: { api: { production: { ...nothing, roles: { approver: ['U0MAYA'] } } } },
      },
    );

    expect(permission(somebody(), { act, ...production }, given).kind).toBe('allowed');
    expect(permission(somebody(), { act, ...production, service: 'billing' }, given).kind).toBe('denied');
  });

  it('that an environment does not name is as for the company', () => {
    const given = policy(
      { roles: { approver: ['U0MAYA'] } },
      { environments: { production: { ...nothing, roles: { responder: ['U0EXEC'] } } } },
    );

    expect(permission(somebody(), { act, ...production }, given).kind).toBe('allowed');
  });
});

describe('a denial', () => {
  it('says who may, and whom to ask', () => {
    const given = policy({
      everyone: 'viewer',
      roles: { 'release-manager': ['S0RELEASE', 'U0LENA'], 'incident-commander': ['U0DANA'] },
    });

    expect(permission(somebody(), { act: 'deploy', ...production }, given)).toEqual({
      kind: 'denied',
      reason:
        'Only release managers and incident commanders may deploy api to production; ask <!subteam^S0RELEASE> or <@U0LENA>.',
    });
  });

  it('says so where nobody may', () => {
    expect(permission(somebody(), { act: 'freeze', ...production }, policy({}))).toEqual({
      kind: 'denied',
      reason:
        'Nobody may freeze or unfreeze production: forge.yml gives nobody a role for that. Ask those who look after it.',
    });
  });

  it.each(ACTS)('of %s is a sentence for the place and without one', (act) => {
    const given = policy({ everyone: 'nobody', roles: { [MAY[act][0] ?? 'viewer']: ['U0SAM'] } });

    for (const place of [{}, { environment: 'production' }, production]) {
      const decision = permission(somebody(), { act, ...place }, given);

      expect(decision).toMatchObject({
        reason: expect.stringMatching(/^Only [a-z ]+ may [a-z].*; ask <@U0SAM>\.$/u),
      });
    }
  });

  it.each(KINDS.filter((kind) => kind !== 'member'))('of a %s says what to do next', (kind) => {
    expect(admission({ kind })).toEqual({
      kind: 'denied',
      reason: expect.stringMatching(/\. (Ask|A person has to ask)/u),
    });
  });

  it('tells every kind of person their own reason', () => {
    const denied = [
      ...KINDS.filter((kind) => kind !== 'member').map((kind) => admission({ kind })),
      admission(undefined),
    ];

    expect(new Set(denied.map((one) => JSON.stringify(one))).size).toBe(5);
  });
});
