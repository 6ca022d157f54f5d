import { describe, expect, it } from 'vitest';
import { type Asker, permission } from '../../src/domain/permission.ts';

const EVERYBODY = {
  member: true,
  guest: false,
  stranger: false,
  bot: false,
  deactivated: false,
} satisfies Record<Asker['kind'], boolean>;

const kinds: Asker['kind'][] = ['member', 'guest', 'stranger', 'bot', 'deactivated'];

describe('permission', () => {
  it('is decided for every kind of person there is', () => {
    expect([...kinds].sort()).toEqual(Object.keys(EVERYBODY).sort());
  });

  it.each(kinds.filter((kind) => EVERYBODY[kind]))('is given to a %s', (kind) => {
    expect(permission({ kind })).toEqual({ kind: 'allowed' });
  });

  it.each(kinds.filter((kind) => !EVERYBODY[kind]))('is denied to a %s, with what to do next', (kind) => {
    expect(permission({ kind })).toEqual({
      kind: 'denied',
      reason: expect.stringMatching(/\. (Ask|A person has to ask)/),
    });
  });

  it('is denied to somebody the workspace does not know', () => {
    expect(permission(undefined)).toEqual({
      kind: 'denied',
      reason: expect.stringContaining('does not know you'),
    });
  });

  it('tells every kind of person their own reason', () => {
    const denied = kinds.map((kind) => permission({ kind })).filter(({ kind }) => kind === 'denied');

    expect(new Set(denied.map((one) => JSON.stringify(one))).size).toBe(4);
  });
});
