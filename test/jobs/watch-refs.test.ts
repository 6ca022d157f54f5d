import { expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { watchRefs } from '../../jobs/watch-refs.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { silentLog } from '../fakes/log.ts';
import { followPolicy } from './follow-world.ts';

it('looks at branches and tags as often as the policy says, from the moment it says so', async () => {
  const clock = createFakeClock();
  const codeHost = new FakeCodeHost(() => clock.now());
  codeHost.repository('acme/api').push('main', { files: { a: '1' } });
  const store = createStore(openDatabase(':memory:'), { clock });
  const policy: Policy = structuredClone(followPolicy);
  const over = new AbortController();
  const watching = watchRefs({ store, policy, codeHost, clock, log: silentLog }, over.signal);

  await clock.advance(60_000);
  const byWebhook = codeHost.count('refs');
  if (policy.github !== undefined) policy.github.triggers = { kind: 'polling', pollEvery: 30_000 };
  await clock.advance(60_000);
  over.abort(new Error('over'));
  await expect(watching).rejects.toThrow('over');

  expect(byWebhook).toBe(1);
  expect(codeHost.count('refs')).toBe(3);
});
