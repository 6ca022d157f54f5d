import { describe, expect, it } from 'vitest';
import { policy } from '../scenarios/company.ts';
import { TestDesk } from './front-desk.ts';

const people = {
  all: { roles: { admin: ['U0SAM'], approver: ['U0MAYA'] }, groups: {} },
  environments: {},
  services: {},
};

describe('reload', () => {
  it('is for admins alone', async () => {
    const desk = new TestDesk({ policy: { ...policy, people } });

    expect((await desk.types('reload', 'U0MAYA')).text).toBe(
      'Only admins may change how Forge is configured; ask <@U0SAM>. Nothing was done.',
    );
  });

  it('says so where the policy comes from no file', async () => {
    const desk = new TestDesk({ policy: { ...policy, people } });

    expect((await desk.types('reload', 'U0SAM')).text).toMatch(
      /has no policy file that it could read again/u,
    );
  });

  it('takes no words that would mean something else', async () => {
    const desk = new TestDesk({ policy: { ...policy, people } });

    expect((await desk.types('reload canary', 'U0SAM')).text).toMatch(/`reload` takes no strategy/u);
  });
});
