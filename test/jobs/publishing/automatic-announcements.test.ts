import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import { publishAnnouncements } from '../../../jobs/publishing/publish-announcements.ts';
import type { Telling } from '../../../src/ports/announcements.ts';
import type { Change } from '../../../src/ports/store.ts';
import { aPerson, aPolicy } from '../../builders.ts';
import { FakeChat } from '../../fakes/chat.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { silentLog } from '../../fakes/log.ts';

const place = { service: 'api', environment: 'staging' };
const main = { ...place, ref: 'refs/heads/main', commit: 'a'.repeat(40) };
const holding: Change = { kind: 'hold-automatic', ...place, by: aPerson };
const resuming: Change = { kind: 'resume-automatic', hold: 'H1', by: aPerson };

/** What the channel is told, once this was written and the leader has looked. */
async function toldAfter(...commits: Change[][]): Promise<string[]> {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const chat = new FakeChat(() => clock.now());
  const leaving = new AbortController();
  onTestFinished(() => {
    leaving.abort(new Error('over'));
    database.close();
  });
  for (const changes of commits) {
    expect(await store.commit(changes)).toBe('committed');
    await clock.advance(10);
  }
  const used = { policy: aPolicy(), store, clock, chat, log: silentLog };
  const leading = expect(publishAnnouncements(used, leaving.signal)).rejects.toThrow('over');
  await clock.advance(5_000);
  leaving.abort(new Error('over'));
  await leading;
  const open = await store.announcementsDue(clock.now());
  expect(open).toEqual([]);
  return chat.messages().map(({ message }) => message.text.replaceAll(/<!date[^>]*>/gu, '…'));
}

function announcing(tells: Telling, about: string): Change {
  const notBefore = createFakeClock().now();
  return {
    kind: 'announce',
    announcement: { id: `${tells} 1`, about, tells, channel: 'C0STAGING', notBefore },
  };
}

function following(outcome: 'held' | 'requested'): Change {
  return { kind: 'record-followed', followed: { id: 'P1', ...main, outcome }, after: undefined };
}

describe('a hold', () => {
  const told = announcing('automatic-held', 'api/staging');

  it('is announced while it is in force', async () => {
    expect(await toldAfter([holding, told])).toEqual([
      expect.stringMatching(
        /^:pause_button: Automatic deployments of api to staging are held since …, by <@U/u,
      ),
    ]);
    expect(await toldAfter([holding, told], [resuming])).toEqual([]);
  });
});

describe('a push that was held', () => {
  const told = announcing('automatic-not-deployed', 'P1');

  it('is announced with the hold, and no more once that is over: it is looked at again', async () => {
    expect(await toldAfter([holding, following('held'), told])).toEqual([
      expect.stringContaining('automatic deployments there are held since …'),
    ]);
    expect(await toldAfter([holding, following('held'), told], [resuming])).toEqual([]);
  });
});

describe('a push that waits for who does not answer', () => {
  const told = announcing('automatic-waits', 'api/staging/GitHub/refs/heads/main');

  it('is announced, unless it was dealt with since', async () => {
    expect(await toldAfter([told])).toEqual([
      expect.stringContaining(
        'The push to `main` waits to be deployed to api in staging: GitHub does not answer.',
      ),
    ]);
    expect(await toldAfter([told], [following('requested')])).toEqual([]);
  });
});

describe('a repository that cannot be read', () => {
  it('is announced with the reason', async () => {
    expect(
      await toldAfter([announcing('automatic-unread', 'acme/api Give the App “Contents: read”.')]),
    ).toEqual([
      ':warning: Forge does not see what is pushed to `acme/api`: Give the App “Contents: read”. Nothing of it is deployed by itself until that is over. Forge keeps looking, and deploys the newest then.',
    ]);
  });
});
