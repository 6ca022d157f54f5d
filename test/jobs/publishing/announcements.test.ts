import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import { publishAnnouncements } from '../../../jobs/publishing/publish-announcements.ts';
import type { Caller } from '../../../src/domain/caller.ts';
import type { Store } from '../../../src/ports/store.ts';
import { liftFreeze, placeFreeze } from '../../../src/use-cases/freeze.ts';
import { handOverLock, placeLock, prolongLock, releaseLock } from '../../../src/use-cases/lock.ts';
import { FakeChat } from '../../fakes/chat.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { policy } from '../../scenarios/company.ts';
import { type LogLine, recordingLog } from '../../slack/harness.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const STEP = 5 * MINUTE;
const LOOK = 1_000;
const by = (userId: string, arrival: string): Caller => ({
  actor: { kind: 'person', userId, via: 'command' },
  arrival,
});

/** A company whose leader announces until it is stopped. */
function aWorld() {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const chat = new FakeChat(() => clock.now());
  const lines: LogLine[] = [];
  const used = { policy, store, clock };
  let leaving = new AbortController();

  function lead(changed: Store = store): void {
    leaving = new AbortController();
    publishAnnouncements({ ...used, store: changed, chat, log: recordingLog(lines) }, leaving.signal).catch(
      (error: unknown) => lines.push({ level: 'info', message: String(error), fields: {} }),
    );
  }
  onTestFinished(() => {
    leaving.abort();
    database.close();
  });
  return {
    ...{ clock, chat, lines, store, used, lead },
    stop: () => leaving.abort(),
    /** So much time, with a look for what is due every few minutes instead of every second, and some more at its end. */
    passes: async (milliseconds: number) => {
      for (let left = milliseconds; left > 0; left -= STEP) {
        clock.jump(Math.min(left, STEP));
        await clock.advance(LOOK);
      }
      await clock.advance(10 * LOOK);
    },
    told: (channel?: string) =>
      chat
        .messages()
        .filter((one) => channel === undefined || one.channel === channel)
        .map(({ message }) => message.text.replaceAll(/<!date[^>]*>/gu, '…')),
    freeze: (change: { from?: number; until: number }) =>
      placeFreeze(
        { scope: { environments: ['staging'] }, reason: 'the sale', ...change },
        by('U0MAYA', 'a'),
        used,
      ),
    lock: (until: number) =>
      placeLock(
        { place: { environment: 'staging' }, owner: 'U0MAYA', reason: 'a leak', until },
        by('U0MAYA', 'a'),
        used,
      ),
  };
}

describe('a freeze', () => {
  it('is announced when it is planned, an hour before, when it begins and when it ends, each once', async () => {
    const world = aWorld();
    world.lead();
    await world.freeze({ from: world.clock.now() + 3 * HOUR, until: world.clock.now() + 5 * HOUR });
    const told: string[][] = [];
    for (const hours of [0.5, 1.6, 1, 2]) {
      await world.passes(hours * HOUR);
      told.push(world.told());
    }

    const planned =
      ':snowflake: Everything in staging will be frozen from … until …, by <@U0MAYA>. Only an emergency can start then; rollback, abort and pause work as ever.';
    const soon = ':snowflake: Soon: Everything in staging will be frozen from … until …, by <@U0MAYA>.';
    const begins =
      ':snowflake: Everything in staging is frozen until …, by <@U0MAYA>. Only an emergency can start; rollback, abort and pause work as ever.';
    const ended = 'The freeze of everything in staging ended …. What waited for it goes on.';
    expect(told).toEqual([
      [planned],
      [planned, soon],
      [planned, soon, begins],
      [planned, soon, begins, ended],
    ]);
    expect(world.chat.messages().map(({ channel }) => channel)).toEqual(Array(4).fill('C0DEPLOYS'));
  });

  it('everywhere is announced in every channel once', async () => {
    const world = aWorld();
    await placeFreeze(
      { scope: {}, until: world.clock.now() + HOUR, reason: 'x' },
      by('U0MAYA', 'a'),
      world.used,
    );
    world.lead();
    await world.passes(MINUTE);

    const channels = world.chat.messages().map(({ channel }) => channel);
    expect(channels.sort()).toEqual(['C0DEPLOYS', 'C0GENERAL', 'C0PRODUCTION']);
  });

  it('that is lifted is announced as over, and nothing more of it', async () => {
    const world = aWorld();
    world.lead();
    await world.freeze({ from: world.clock.now() + 3 * HOUR, until: world.clock.now() + 5 * HOUR });
    await world.passes(MINUTE);
    await liftFreeze({ freeze: 'F1', why: 'not needed' }, by('U0SAM', 'b'), world.used);
    await world.passes(6 * HOUR);

    expect(world.told().slice(1)).toEqual([
      '<@U0MAYA>: your freeze of everything in staging was ended early by <@U0SAM>. What waited for it goes on.',
    ]);
    expect(JSON.stringify(world.chat.messages().at(-1)?.message.blocks)).toContain('not needed');
  });

  it('is announced for what it is by a leader that comes late', async () => {
    const world = aWorld();
    await world.freeze({ from: world.clock.now() + 3 * HOUR, until: world.clock.now() + 5 * HOUR });
    await world.passes(4 * HOUR);
    world.lead();
    await world.passes(MINUTE);

    expect(world.told()).toEqual([
      expect.stringMatching(/^:snowflake: Everything in staging is frozen until/u),
    ]);
    const [late] = await world.store.announcements('F1');
    expect(late).toMatchObject({ tells: 'freeze-planned', state: 'dropped' });
  });

  it('is announced once where Slack did not say whether it took it', async () => {
    const world = aWorld();
    world.chat.break({ method: 'post', kind: 'unclear-after', times: 1 });
    world.lead();
    await world.freeze({ until: world.clock.now() + 5 * HOUR });
    await world.passes(HOUR);

    expect(world.told()).toHaveLength(1);
    expect((await world.store.announcements('F1'))[0]).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('is announced once though the leader ends between posting and writing that down', async () => {
    const world = aWorld();
    world.lead({
      ...world.store,
      updateAnnouncement: async (id, change) => {
        if (change.state === 'sent') throw new Error('The process was killed');
        return world.store.updateAnnouncement(id, change);
      },
    });
    await world.freeze({ until: world.clock.now() + 5 * HOUR });
    await world.passes(2_000);
    world.stop();
    await world.passes(2_000);
    world.lead();
    await world.passes(HOUR);

    expect(world.told()).toHaveLength(1);
  });

  it('that one channel does not take is announced in the others', async () => {
    const world = aWorld();
    world.chat.break({ method: 'post', kind: 'refused', channel: 'C0DEPLOYS' });
    world.chat.break({ method: 'post', kind: 'throws', channel: 'C0GENERAL', times: 1 });
    await placeFreeze(
      { scope: {}, until: world.clock.now() + HOUR, reason: 'x' },
      by('U0MAYA', 'a'),
      world.used,
    );
    world.lead();
    await world.passes(30_000);

    const channels = world.chat.messages().map(({ channel }) => channel);
    expect(channels.sort()).toEqual(['C0GENERAL', 'C0PRODUCTION']);
    expect(world.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});

describe('a lock', () => {
  it('is announced, its owner is reminded before it ends, and its end is announced', async () => {
    const world = aWorld();
    world.lead();
    await world.lock(world.clock.now() + HOUR);
    await world.passes(44 * MINUTE);
    expect(world.told('DU0MAYA')).toEqual([]);
    await world.passes(2 * MINUTE);
    expect(world.told('DU0MAYA')).toEqual([
      'Your lock of staging ends …. To keep it longer, type `/forge lock staging until …`; to end it now, `/forge unlock L1`.',
    ]);
    await world.passes(HOUR);

    expect(world.told('C0DEPLOYS')).toEqual([
      ':lock: <@U0MAYA> has locked staging until …. Nobody else starts anything there. Rollback, abort and pause work for everybody.',
      ':unlock: The lock of staging ended …. What waited for it goes on.',
    ]);
  });

  it('that is handed over reminds its new owner and not the old one', async () => {
    const world = aWorld();
    world.lead();
    await world.lock(world.clock.now() + HOUR);
    await handOverLock({ seen: { id: 'L1', version: 1 }, to: 'U0SAM' }, by('U0MAYA', 'b'), world.used);
    await world.passes(2 * HOUR);

    expect(world.told('DU0MAYA')).toEqual([]);
    expect(world.told('DU0SAM')).toHaveLength(1);
    expect(world.told('C0DEPLOYS')[0]).toBe(':lock: <@U0SAM> has the lock of staging now, until ….');
  });

  it('that is prolonged ends later, and is reminded of then', async () => {
    const world = aWorld();
    world.lead();
    await world.lock(world.clock.now() + HOUR);
    await world.passes(MINUTE);
    const until = world.clock.now() + 3 * HOUR;
    await prolongLock({ seen: { id: 'L1', version: 1 }, until }, by('U0MAYA', 'b'), world.used);
    await world.passes(2 * HOUR);

    expect(world.told('DU0MAYA')).toEqual([]);
    expect(world.told('C0DEPLOYS').slice(1)).toEqual([':lock: <@U0MAYA> has staging locked until … now.']);
  });

  it('that is released is announced as over, with nothing after it', async () => {
    const world = aWorld();
    world.lead();
    await world.lock(world.clock.now() + HOUR);
    await world.passes(MINUTE);
    await releaseLock({ seen: { id: 'L1', version: 1 } }, by('U0SAM', 'b'), world.used);
    await world.passes(2 * HOUR);

    expect(world.told().slice(1)).toEqual([
      ':unlock: <@U0MAYA>: your lock of staging was ended early by <@U0SAM>. What waited for it goes on.',
    ]);
  });

  it('that changed between looking and writing is not changed by who came second', async () => {
    const world = aWorld();
    await world.lock(world.clock.now() + HOUR);
    const seen = { id: 'L1', version: 1 };
    const before = await world.store.lock('L1');
    const stale = { ...world.used, store: { ...world.store, lock: async () => before } };
    await handOverLock({ seen, to: 'U0SAM' }, by('U0MAYA', 'b'), world.used);

    const outcome = await releaseLock({ seen }, by('U0MAYA', 'c'), stale);

    expect(outcome.kind).toBe('changed');
    expect(await world.store.lock('L1')).toMatchObject({ owner: 'U0SAM' });
    expect(await world.store.lock('L1')).not.toHaveProperty('released');
  });
});
