import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signal } from '../../db/schema.sqlite.ts';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import { person } from '../jobs/forge-world.ts';
import { createVoteWorld, drifted, minutes, type VoteWorld } from './vote-world.ts';

describe('a vote', () => {
  let world: VoteWorld;

  beforeEach(() => {
    world = createVoteWorld();
  });
  afterEach(() => world.database.close());

  describe('that counts', () => {
    it('says what is missing besides, and rings at the run that waits', async () => {
      await world.asked();

      const outcome = await world.vote('U0PRIYA');

      expect(outcome).toEqual({
        ...{ deployment: 1, verdict: 'approve', open: [{ from: 'release-manager', count: 1 }] },
      });
      expect(await world.votes()).toEqual(['U0PRIYA approve']);
      expect(world.database.orm.select().from(signal).all()).toMatchObject([
        { run: 'prepare/1', by: 'U0PRIYA' },
      ]);
    });

    it('is kept with the needs it counts for, as the groups of its person were then', async () => {
      await world.asked();

      await world.vote('U0ANN', { groups: ['S0RELEASE'] });

      expect((await world.store.events(1)).at(-1)).toMatchObject({
        by: { userId: 'U0ANN' },
        event: { type: 'voted', round: 1, verdict: 'approve', countsFor: ['release-manager'] },
      });
    });

    it('makes room for another who can take one seat only', async () => {
      await world.asked();
      await world.vote('U0LEO');

      expect((await world.vote('U0PRIYA')).open).toEqual([]);
    });

    it('ends it when it rejects, with the reason, and is final', async () => {
      await world.asked();

      await world.vote('U0PRIYA', { verdict: 'reject', why: 'the migration locks a table' });

      expect((await world.store.deployment(1))?.phase).toMatchObject({
        ...{ kind: 'rejected', by: { userId: 'U0PRIYA' }, reason: 'the migration locks a table' },
      });
      await world.expectRefused(
        world.vote('U0LEO'),
        'Your vote on #1 does not count: <@U0PRIYA> rejected it',
      );
    });

    it('counts until the last millisecond of the time there is', async () => {
      await world.asked();
      await world.clock.advance(30 * minutes - 1);

      await world.vote('U0LEO');

      expect(await world.votes()).toEqual(['U0LEO approve']);
    });

    it('counts in the next round for a person who voted in the one before', async () => {
      await world.asked();
      await world.vote('U0LEO');
      const anew = { round: 2, digest: askedAbout(drifted, 'p1') };
      await world.happens({ type: 'replanned', plan: drifted }, world.asking(anew));

      await world.vote('U0LEO', { seen: anew });

      expect(await world.votes()).toEqual(['U0LEO approve']);
    });
  });

  describe('at the same moment as another', () => {
    it('of the same person, by two clicks, counts once, and the other is told so', async () => {
      await world.asked();

      const settled = await Promise.allSettled([world.vote('U0LEO'), world.vote('U0LEO')]);

      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(settled[1]).toMatchObject({
        reason: { message: expect.stringContaining('You have voted on #1 already') },
      });
      expect(await world.votes()).toEqual(['U0LEO approve']);
    });

    it('and the same click, delivered twice, counts once and is answered the same', async () => {
      await world.asked();
      const caller = person('U0LEO');

      const both = await Promise.all([world.vote('U0LEO', { caller }), world.vote('U0LEO', { caller })]);

      expect(both[1]).toEqual(both[0]);
      expect(await world.votes()).toEqual(['U0LEO approve']);
    });

    it('and the same click, delivered again much later, is answered as it was then', async () => {
      await world.asked();
      const caller = person('U0PRIYA');
      const first = await world.vote('U0PRIYA', { caller });
      await world.vote('U0LEO');
      await world.happens({ type: 'started' }, { type: 'succeeded' });

      const again = await world.vote('U0PRIYA', { caller });

      expect(again).toEqual(first);
      expect(again.open).toEqual([{ from: 'release-manager', count: 1 }]);
    });

    it('of another person counts as well: both last votes are there', async () => {
      await world.asked();

      const both = await Promise.all([world.vote('U0LEO'), world.vote('U0PRIYA')]);

      expect(await world.votes()).toEqual(['U0LEO approve', 'U0PRIYA approve']);
      expect(both.map(({ open }) => open.length)).toEqual([1, 0]);
    });

    it('that rejects counts for nothing more, and the other way round', async () => {
      await world.asked();

      const settled = await Promise.allSettled([
        world.vote('U0PRIYA', { verdict: 'reject', why: 'not today' }),
        world.vote('U0LEO'),
      ]);

      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(await world.votes()).toEqual(['U0PRIYA reject']);
    });

    it('while what it is about moves on is decided anew on what is so now', async () => {
      await world.asked();

      const voted = world.vote('U0LEO');
      await world.happens({ type: 'approval-reminded' });

      expect((await voted).open).toEqual([{ from: 'security', count: 1 }]);
    });
  });

  it('is refused by the database itself where somebody writes a second one past every check', async () => {
    await world.asked();
    await world.vote('U0LEO');

    const again = await world.store.commit([
      { kind: 'cast-vote', deployment: 1, round: 1, voter: 'U0LEO', verdict: 'approve' },
    ]);

    expect(again).toBe('conflict');
  });
});
