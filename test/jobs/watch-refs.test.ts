import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { watchRefs } from '../../jobs/watch-refs.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { silentLog } from '../fakes/log.ts';
import { followPolicy } from './follow-world.ts';

describe('a repository that cannot be read', () => {
  const minutes = 60_000;

  async function watching(error: Error, minutesLong: number) {
    const clock = createFakeClock();
    const codeHost = new FakeCodeHost(() => clock.now());
    codeHost.repository('acme/api').push('main', { files: { a: '1' } });
    const store = createStore(openDatabase(':memory:'), { clock });
    const over = new AbortController();
    const used = { store, policy: followPolicy, codeHost, clock, log: silentLog };
    const ended = expect(watchRefs(used, over.signal)).rejects.toThrow('over');
    codeHost.fail('refs', error);
    await clock.advance(minutesLong * minutes);
    const told = await store.announcementsDue(clock.now());
    codeHost.mend();
    await clock.advance(5 * minutes);
    codeHost.fail('refs', error);
    await clock.advance(minutesLong * minutes);
    const toldAgain = await store.announcementsDue(clock.now());
    over.abort(new Error('over'));
    await ended;
    return { told: told.map(({ channel, about }) => [channel, about]), again: toldAgain.length };
  }

  it('is told in every channel that waits for it, once each time', async () => {
    const { told, again } = await watching(new CodeHostRefused('Forge may not read it.', 'forbidden'), 10);

    expect(told).toEqual([
      ['C0PRODUCTION', 'acme/api Forge may not read it.'],
      ['C0STAGING', 'acme/api Forge may not read it.'],
    ]);
    expect(again).toBe(4);
  });

  it('because GitHub is silent is told after a quarter of an hour', async () => {
    const early = await watching(new CodeHostUnavailable('No connection.'), 12);
    const late = await watching(new CodeHostUnavailable('No connection.'), 20);

    expect(early.told).toEqual([]);
    expect(late.told).toContainEqual(['C0STAGING', 'acme/api GitHub does not answer.']);
  });
});

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
