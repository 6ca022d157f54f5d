import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { overrideCheck } from '../../src/use-cases/answer-check.ts';
import { aPeoplePolicy, aPerson, aPolicy, aRequestedEvent } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';

describe('overriding a check', () => {
  it.each([undefined, '', ' \n'])('takes a reason, and %j is none', async (why) => {
    const database = openDatabase(':memory:');
    const store = createStore(database, { clock: createFakeClock() });
    await store.commit([
      {
        ...{ kind: 'append', deployment: 1, expect: 0, by: aPerson, cause: 'asked' },
        events: [
          aRequestedEvent(),
          { type: 'checking' },
          { type: 'checks-planned', checks: [{ name: 'Scan', kind: 'scan', of: 's1' }] },
          {
            ...{ type: 'check-failed', name: 'Scan', verdict: 'failed', says: '2 critical findings' },
            ...{ override: 'deployer', deadline: 4_000_000_000_000 },
          },
        ],
      },
    ]);
    const caller = { actor: { kind: 'person', userId: 'U0MAYA', via: 'command' }, arrival: 'typed' } as const;
    const member = { kind: 'member', id: 'U0MAYA', groups: [] } as const;
    const policy = aPolicy({ people: aPeoplePolicy({ everyone: 'deployer' }) });

    const overriding = overrideCheck(
      { deployment: 1, ...(why === undefined ? {} : { why }) },
      { member, caller },
      { store, policy },
    );

    await expect(overriding).rejects.toThrow('Nothing was done: say why');
    expect((await store.deployment(1))?.checkStates).toMatchObject([{ state: 'failed' }]);
    database.close();
  });
});
