import { expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { recordDeployments } from '../../jobs/record-deployments.ts';
import { aPerson, aPlan, aPolicy, aRelease, aRequestedEvent } from '../builders.ts';
import { FakeChat } from '../fakes/chat.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { silentLog } from '../fakes/log.ts';
import { ship } from './ship-world.ts';

it('asks a code host that is silent less and less often to record a deployment', async () => {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const host = new FakeCodeHost(() => clock.now());
  const commit = host.repository('acme/checkout').push('main', { message: 'A commit' });
  await store.commit([
    {
      ...{ kind: 'append', deployment: 1, expect: 0, by: aPerson, cause: 'asked' },
      events: [aRequestedEvent({ plan: aPlan({ to: aRelease({ commit }) }) })],
    },
  ]);
  host.fail('recordDeployment');
  const stopping = new AbortController();
  const kept = recordDeployments(
    {
      ...{ store, clock, codeHost: host, log: silentLog },
      ...{ policy: aPolicy({ github: { people: {}, ship } }), chat: new FakeChat(() => clock.now()) },
    },
    stopping.signal,
  );
  const stopped = expect(kept).rejects.toThrow('enough');

  await clock.advance(60_000);
  stopping.abort(new Error('enough'));
  await stopped;

  const asked = host.count('recordDeployment');
  expect(asked).toBeGreaterThan(2);
  expect(asked).toBeLessThan(6);
  database.close();
});
