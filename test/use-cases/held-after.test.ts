import { expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { holdAfter } from '../../src/use-cases/automatic-hold.ts';
import { aDeployment, aRequestedEvent } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';

it('nothing is held after what somebody asked for by hand, and everything after what was pushed', async () => {
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock: createFakeClock() });
  const pushed = { repository: 'acme/checkout', ref: 'refs/heads/main', commit: 'c0ffee'.padEnd(40, '0') };

  const byHand = aDeployment([aRequestedEvent(), { type: 'started' }]);
  const byItself = aDeployment([aRequestedEvent({ pushed }), { type: 'started' }]);

  expect(await holdAfter(byHand, store)).toEqual([]);
  expect(await holdAfter(byItself, store)).toContainEqual(
    expect.objectContaining({ kind: 'hold-automatic' }),
  );
  database.close();
});
