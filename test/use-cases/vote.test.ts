import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { signal } from '../../db/schema.sqlite.ts';
import { createStore } from '../../db/store.ts';
import type { Verdict } from '../../src/domain/approval.ts';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import type { Caller } from '../../src/domain/caller.ts';
import { NotEligible, UserError } from '../../src/domain/errors.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Store } from '../../src/ports/store.ts';
import { castVote, type VoteOutcome } from '../../src/use-cases/vote.ts';
import { aLive, aPeoplePolicy, aPerson, aPlan, aPolicy, aRegion, aRequestedEvent } from '../builders.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { person } from '../jobs/forge-world.ts';

const people = aPeoplePolicy({
  everyone: 'deployer',
  roles: { admin: ['U0SAM'], 'release-manager': ['U0MAYA', 'U0LEO', 'S0RELEASE'] },
  groups: { security: ['U0PRIYA', 'U0LEO'] },
});
const policy: Policy = aPolicy({ version: 'p1', people });
const plan = aPlan();
const digest = askedAbout(plan, 'p1');
const drifted = aPlan({ from: { [aRegion]: aLive({ version: 'v1.0.1', revision: 'checkout:8' }) } });
const needs = [
  { from: 'release-manager', count: 1 },
  { from: 'security', count: 1 },
];
const minutes = 60_000;

type Ballot = {
  verdict?: Verdict;
  seen?: { round: number; digest: string };
  why?: string;
  groups?: string[];
  caller?: Caller;
  policy?: Policy;
};

describe('a vote', () => {
  let clock: FakeClock;
  let database: Database;
  let store: Store;
  beforeEach(() => {
    clock = createFakeClock();
    database = openDatabase(':memory:');
    store = createStore(database, { clock });
  });
  afterEach(() => database.close());

  let causes = 0;

  /** Deployment #1 was asked for by Maya, and this happened to it. */
  async function happens(...events: DeploymentEvent[]): Promise<void> {
    causes += 1;
    await store.commit([
      { kind: 'append', deployment: 1, expect: 'any', events, by: aPerson, cause: `it happens ${causes}` },
    ]);
  }

  function asking(change: Partial<Extract<DeploymentEvent, { type: 'approval-asked' }>> = {}) {
    return {
      ...{ type: 'approval-asked' as const, round: 1, digest, policy: 'p1', needs, excluded: ['U0MAYA'] },
      ...{ deadline: clock.now() + 30 * minutes, changes: [] },
      ...change,
    };
  }

  async function asked(): Promise<void> {
    await happens(aRequestedEvent({ plan }), { type: 'checking' }, asking());
  }

  function vote(voter: string, ballot: Ballot = {}): Promise<VoteOutcome> {
    const { verdict = 'approve', seen = { round: 1, digest }, why, groups = [], caller } = ballot;
    return castVote(
      { deployment: 1, verdict, seen, ...(why === undefined ? {} : { why }) },
      { member: { id: voter, groups }, caller: caller ?? person(voter) },
      { store, clock, policy: ballot.policy ?? policy },
    );
  }

  async function votes(): Promise<string[]> {
    const approval = (await store.deployment(1))?.approval;
    return (approval?.votes ?? []).map(({ voter, verdict }) => `${voter} ${verdict}`);
  }

  async function expectRefused(voted: Promise<unknown>, words: string | RegExp): Promise<void> {
    const before = await store.events(1);
    await expect(voted).rejects.toThrow(words);
    await expect(voted).rejects.toBeInstanceOf(UserError);
    expect(await store.events(1)).toEqual(before);
  }

  describe('that counts', () => {
    it('says what is missing besides, and rings at the run that waits', async () => {
      await asked();

      const outcome = await vote('U0PRIYA');

      expect(outcome).toEqual({
        ...{ deployment: 1, verdict: 'approve', open: [{ from: 'release-manager', count: 1 }] },
      });
      expect(await votes()).toEqual(['U0PRIYA approve']);
      expect(database.orm.select().from(signal).all()).toMatchObject([{ run: 'prepare/1', by: 'U0PRIYA' }]);
    });

    it('is kept with the needs it counts for, as the groups of its person were then', async () => {
      await asked();

      await vote('U0ANN', { groups: ['S0RELEASE'] });

      expect((await store.events(1)).at(-1)).toMatchObject({
        by: { userId: 'U0ANN' },
        event: { type: 'voted', round: 1, verdict: 'approve', countsFor: ['release-manager'] },
      });
    });

    it('makes room for another who can take one seat only', async () => {
      await asked();
      await vote('U0LEO');

      expect((await vote('U0PRIYA')).open).toEqual([]);
    });

    it('ends it when it rejects, with the reason, and is final', async () => {
      await asked();

      await vote('U0PRIYA', { verdict: 'reject', why: 'the migration locks a table' });

      expect((await store.deployment(1))?.phase).toMatchObject({
        ...{ kind: 'rejected', by: { userId: 'U0PRIYA' }, reason: 'the migration locks a table' },
      });
      await expectRefused(vote('U0LEO'), 'Your vote on #1 does not count: <@U0PRIYA> rejected it');
    });

    it('counts until the last millisecond of the time there is', async () => {
      await asked();
      await clock.advance(30 * minutes - 1);

      await vote('U0LEO');

      expect(await votes()).toEqual(['U0LEO approve']);
    });

    it('counts in the next round for a person who voted in the one before', async () => {
      await asked();
      await vote('U0LEO');
      const anew = { round: 2, digest: askedAbout(drifted, 'p1') };
      await happens({ type: 'replanned', plan: drifted }, asking(anew));

      await vote('U0LEO', { seen: anew });

      expect(await votes()).toEqual(['U0LEO approve']);
    });
  });

  describe('that does not count, and says why', () => {
    it('is one that comes at the end of the time or after', async () => {
      await asked();
      await clock.advance(30 * minutes);

      await expectRefused(
        vote('U0LEO'),
        'Your vote on #1 does not count: the time for it is over. Nothing was changed.',
      );
    });

    it('is one on what has expired', async () => {
      await asked();
      await happens({ type: 'expired', reason: 'not enough people' });

      await expectRefused(
        vote('U0LEO'),
        'Your vote on #1 does not count: it was not let go in time; nothing was changed.',
      );
    });

    it('is one of somebody who is in none of the groups that are asked, though fresher facts may help', async () => {
      await asked();

      const voted = vote('U0ANN');

      await expectRefused(
        voted,
        'Your vote on #1 would not count: it is decided by 1 release manager and 1 of security. Its message says whom to ask.',
      );
      await expect(voted).rejects.toBeInstanceOf(NotEligible);
    });

    it('is one of an admin, who has no vote by that role', async () => {
      await asked();

      await expectRefused(vote('U0SAM'), 'Your vote on #1 would not count');
    });

    it('is one of the person who asked for it, though they are a release manager', async () => {
      await asked();

      await expectRefused(
        vote('U0MAYA'),
        'You asked for #1 yourself, so others have to decide about it. To stop it, type `/forge abort #1`.',
      );
    });

    it('is a second one of the same person, also when it rejects', async () => {
      await asked();
      await vote('U0LEO');
      const words = 'You have voted on #1 already, and a person counts once. Nothing was changed.';

      await expectRefused(vote('U0LEO'), words);
      await expectRefused(vote('U0LEO', { verdict: 'reject', why: 'I changed my mind' }), words);
    });

    it('is one on an earlier round, with what has changed since', async () => {
      await asked();
      const anew = { round: 2, digest: askedAbout(drifted, 'p1') };
      const changes = [`${aRegion} runs v1.0.1 now instead of v1.0.0.`];
      await happens({ type: 'replanned', plan: drifted }, asking({ ...anew, changes }));

      await expectRefused(
        vote('U0LEO'),
        `Nothing was done: #1 has changed since you looked at it. ${aRegion} runs v1.0.1 now instead of v1.0.0. Look at its message and approve it as it is then.`,
      );
    });

    it('is one on the same round with another digest', async () => {
      await asked();

      await expectRefused(
        vote('U0LEO', { seen: { round: 1, digest: askedAbout(drifted, 'p1') } }),
        'Nothing was done: #1 has changed since you looked at it. Look at its message',
      );
    });

    it('is one on a later round with the same digest', async () => {
      await asked();

      await expectRefused(vote('U0LEO', { seen: { round: 2, digest } }), 'Nothing was done: #1 has changed');
    });

    it('is one on a plan that was made anew and nobody was asked about yet', async () => {
      await asked();
      await happens({ type: 'replanned', plan: drifted });

      await expectRefused(vote('U0LEO'), `${aRegion} runs v1.0.1 now instead of v1.0.0.`);
    });

    it('is one under another policy than people were asked under, though the page is the same', async () => {
      await asked();

      await expectRefused(
        vote('U0LEO', { policy: { ...policy, version: 'p2' } }),
        'Nothing was done: #1 has changed since you looked at it. The policy of Forge has changed. Look at its message',
      );
    });

    it('is one on what is being aborted', async () => {
      await asked();
      await happens({ type: 'abort-requested' });

      await expectRefused(vote('U0LEO'), 'Your vote on #1 does not count: it is being aborted.');
    });

    it('is one on what was aborted', async () => {
      await asked();
      await happens({ type: 'abort-requested' }, { type: 'aborted' });

      await expectRefused(vote('U0LEO'), 'Your vote on #1 does not count: it was aborted by <@U0MAYA>.');
    });

    it('is one on what is over', async () => {
      await asked();
      await happens({ type: 'started' }, { type: 'succeeded' });

      await expectRefused(
        vote('U0LEO'),
        'Your vote on #1 does not count: it has succeeded and v1.1.0 is live.',
      );
    });

    it('is one on what has started', async () => {
      await asked();
      await happens({ type: 'started' });

      await expectRefused(vote('U0LEO'), 'Your vote on #1 does not count: it has been let go already.');
    });

    it('is one on what has enough votes and waits for its time', async () => {
      await asked();
      await vote('U0LEO');
      await vote('U0PRIYA');
      await happens({ type: 'waiting', for: 'window', why: 'It is night.' });

      await expectRefused(
        vote('U0ANN', { groups: ['S0RELEASE'] }),
        'Your vote on #1 does not count: it has been let go already.',
      );
    });

    it('is one on what waits for another deployment before people are asked anew', async () => {
      await asked();
      await happens({ type: 'waiting', for: 'deployment', why: '#2 is under way.' });

      await expectRefused(
        vote('U0LEO'),
        'Nobody is asked to approve #1 now. Its message shows what it waits for, and when it can be approved.',
      );
    });

    it.each<[DeploymentEvent[]]>([[[]], [[{ type: 'checking' }]]])(
      'is one on what is still being checked',
      async (events) => {
        await happens(aRequestedEvent({ plan }), ...events);

        await expectRefused(
          vote('U0LEO'),
          '#1 is still being checked. Its message shows when it can be approved.',
        );
      },
    );

    it('is one on what needs no approval', async () => {
      await happens(aRequestedEvent({ plan }), { type: 'checking' }, { type: 'started' });
      await expectRefused(vote('U0LEO'), '#1 needed no approval, and has started.');
    });

    it('is one on what waits without having been asked about', async () => {
      await happens(aRequestedEvent({ plan }), { type: 'waiting', for: 'window', why: 'It is night.' });

      await expectRefused(vote('U0LEO'), 'Nobody is asked to approve #1 now.');
    });

    it.each([undefined, '', '   '])('is a rejection whose reason is %j', async (why) => {
      await asked();

      await expectRefused(
        vote('U0LEO', { verdict: 'reject', ...(why === undefined ? {} : { why }) }),
        'Nothing was done: a rejection needs a reason. Type `/forge reject #1 because …`.',
      );
    });

    it('is one on what there is not', async () => {
      await expect(vote('U0LEO')).rejects.toThrow('There is no deployment #1.');
    });
  });

  describe('at the same moment as another', () => {
    it('of the same person, by two clicks, counts once, and the other is told so', async () => {
      await asked();

      const settled = await Promise.allSettled([vote('U0LEO'), vote('U0LEO')]);

      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(settled[1]).toMatchObject({
        reason: { message: expect.stringContaining('You have voted on #1 already') },
      });
      expect(await votes()).toEqual(['U0LEO approve']);
    });

    it('and the same click, delivered twice, counts once and is answered the same', async () => {
      await asked();
      const caller = person('U0LEO');

      const both = await Promise.all([vote('U0LEO', { caller }), vote('U0LEO', { caller })]);

      expect(both[1]).toEqual(both[0]);
      expect(await votes()).toEqual(['U0LEO approve']);
    });

    it('and the same click, delivered again much later, is answered as it was then', async () => {
      await asked();
      const caller = person('U0PRIYA');
      const first = await vote('U0PRIYA', { caller });
      await vote('U0LEO');
      await happens({ type: 'started' }, { type: 'succeeded' });

      const again = await vote('U0PRIYA', { caller });

      expect(again).toEqual(first);
      expect(again.open).toEqual([{ from: 'release-manager', count: 1 }]);
    });

    it('of another person counts as well: both last votes are there', async () => {
      await asked();

      const both = await Promise.all([vote('U0LEO'), vote('U0PRIYA')]);

      expect(await votes()).toEqual(['U0LEO approve', 'U0PRIYA approve']);
      expect(both.map(({ open }) => open.length)).toEqual([1, 0]);
    });

    it('that rejects counts for nothing more, and the other way round', async () => {
      await asked();

      const settled = await Promise.allSettled([
        vote('U0PRIYA', { verdict: 'reject', why: 'not today' }),
        vote('U0LEO'),
      ]);

      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(await votes()).toEqual(['U0PRIYA reject']);
    });

    it('while what it is about moves on is decided anew on what is so now', async () => {
      await asked();

      const voted = vote('U0LEO');
      await happens({ type: 'approval-reminded' });

      expect((await voted).open).toEqual([{ from: 'security', count: 1 }]);
    });
  });

  it('is refused by the database itself where somebody writes a second one past every check', async () => {
    await asked();
    await vote('U0LEO');

    const again = await store.commit([
      { kind: 'cast-vote', deployment: 1, round: 1, voter: 'U0LEO', verdict: 'approve' },
    ]);

    expect(again).toBe('conflict');
  });
});
