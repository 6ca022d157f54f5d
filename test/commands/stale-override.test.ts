import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aPeoplePolicy } from '../builders.ts';
import { policy } from '../scenarios/company.ts';
import { seenNow } from './desks.ts';
import { TestDesk } from './front-desk.ts';

const failure: DeploymentEvent = {
  ...{ type: 'check-failed', name: 'Scan', verdict: 'failed', says: '2 critical findings' },
  ...{ override: 'release-manager', deadline: 4_000_000_000_000 },
};

describe('override', () => {
  it('by a form that was opened for something else does nothing', async () => {
    const people = aPeoplePolicy({ everyone: 'deployer', roles: { 'release-manager': ['U0MAYA'] } });
    const desk = new TestDesk({ policy: { ...policy, people } });
    await desk.types('deploy api staging');
    const checks = [{ name: 'Scan', kind: 'scan', of: 's1' }];
    await desk.happens(1, { type: 'checking' }, { type: 'checks-planned', checks }, failure);
    const shown = await seenNow(desk);
    await desk.happens(
      1,
      { type: 'check-retried', name: 'Scan' },
      { ...failure, says: '9 critical findings' },
    );

    const { words } = await desk.sends('override', { why: 'two are false alarms' }, shown);

    expect(words).toContain('Nothing was done');
    expect((await desk.store.deployment(1))?.checkStates).toMatchObject([{ state: 'failed' }]);
  });
});

describe('automatic off', () => {
  it('is not for whoever may only look', async () => {
    const desk = new TestDesk({
      policy: {
        ...policy,
        people: aPeoplePolicy({ everyone: 'viewer' }),
        environments: policy.environments.map((one) => ({ ...one, triggers: { push: 'main' } })),
        github: {
          ...{ triggers: { kind: 'webhook' }, people: {} },
          ship: { base: 'main', labels: [], reviewers: [], merge: 'squash', reviews: 1 },
        },
      },
    });

    await desk.types('automatic staging off api');

    expect(await desk.store.automaticHold({ service: 'api', environment: 'staging' })).toBeUndefined();
  });
});
