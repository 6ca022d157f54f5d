import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import { NotEligible } from '../../src/domain/errors.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aRegion, aRequestedEvent } from '../builders.ts';
import { createVoteWorld, digest, drifted, minutes, plan, policy, type VoteWorld } from './vote-world.ts';

describe('a vote', () => {
  let world: VoteWorld;

  beforeEach(() => {
    world = createVoteWorld();
  });
  afterEach(() => world.database.close());

  describe('that does not count, and says why', () => {
    it('is one that comes at the end of the time or after', async () => {
      await world.asked();
      await world.clock.advance(30 * minutes);

      await world.expectRefused(
        world.vote('U0LEO'),
        'Your vote on #1 does not count: the time for it is over. Nothing was changed.',
      );
    });

    it('is one on what has expired', async () => {
      await world.asked();
      await world.happens({ type: 'expired', reason: 'not enough people' });

      await world.expectRefused(
        world.vote('U0LEO'),
        'Your vote on #1 does not count: it was not let go in time; nothing was changed.',
      );
    });

    it('is one of somebody who is in none of the groups that are asked, though fresher facts may help', async () => {
      await world.asked();

      const voted = world.vote('U0ANN');

      await world.expectRefused(
        voted,
        'Your vote on #1 would not count: it is decided by 1 release manager and 1 of security. Its message says whom to ask.',
      );
      await expect(voted).rejects.toBeInstanceOf(NotEligible);
    });

    it('is one of an admin, who has no vote by that role', async () => {
      await world.asked();

      await world.expectRefused(world.vote('U0SAM'), 'Your vote on #1 would not count');
    });

    it('is one of the person who asked for it, though they are a release manager', async () => {
      await world.asked();

      await world.expectRefused(
        world.vote('U0MAYA'),
        'You asked for #1 yourself, so others have to decide about it. To stop it, type `/forge abort #1`.',
      );
    });

    it('is a second one of the same person, also when it rejects', async () => {
      await world.asked();
      await world.vote('U0LEO');
      const words = 'You have voted on #1 already, and a person counts once. Nothing was changed.';

      await world.expectRefused(world.vote('U0LEO'), words);
      await world.expectRefused(world.vote('U0LEO', { verdict: 'reject', why: 'I changed my mind' }), words);
    });

    it('is one on an earlier round, with what has changed since', async () => {
      await world.asked();
      const anew = { round: 2, digest: askedAbout(drifted, 'p1') };
      const changes = [`${aRegion} runs v1.0.1 now instead of v1.0.0.`];
      await world.happens({ type: 'replanned', plan: drifted }, world.asking({ ...anew, changes }));

      await world.expectRefused(
        world.vote('U0LEO'),
        `Nothing was done: #1 has changed since you looked at it. ${aRegion} runs v1.0.1 now instead of v1.0.0. Look at its message and approve it as it is then.`,
      );
    });

    it('is one on the same round with another digest', async () => {
      await world.asked();

      await world.expectRefused(
        world.vote('U0LEO', { seen: { round: 1, digest: askedAbout(drifted, 'p1') } }),
        'Nothing was done: #1 has changed since you looked at it. Look at its message',
      );
    });

    it('is one on a later round with the same digest', async () => {
      await world.asked();

      await world.expectRefused(
        world.vote('U0LEO', { seen: { round: 2, digest } }),
        'Nothing was done: #1 has changed',
      );
    });

    it('is one on a plan that was made anew and nobody was asked about yet', async () => {
      await world.asked();
      await world.happens({ type: 'replanned', plan: drifted });

      await world.expectRefused(world.vote('U0LEO'), `${aRegion} runs v1.0.1 now instead of v1.0.0.`);
    });

    it('is one under another policy than people were asked under, though the page is the same', async () => {
      await world.asked();

      await world.expectRefused(
        world.vote('U0LEO', { policy: { ...policy, version: 'p2' } }),
        'Nothing was done: #1 has changed since you looked at it. The policy of Forge has changed. Look at its message',
      );
    });

    it('is one on what is being aborted', async () => {
      await world.asked();
      await world.happens({ type: 'abort-requested' });

      await world.expectRefused(world.vote('U0LEO'), 'Your vote on #1 does not count: it is being aborted.');
    });

    it('is one on what was aborted', async () => {
      await world.asked();
      await world.happens({ type: 'abort-requested' }, { type: 'aborted' });

      await world.expectRefused(
        world.vote('U0LEO'),
        'Your vote on #1 does not count: it was aborted by <@U0MAYA>.',
      );
    });

    it('is one on what is over', async () => {
      await world.asked();
      await world.happens({ type: 'started' }, { type: 'succeeded' });

      await world.expectRefused(
        world.vote('U0LEO'),
        'Your vote on #1 does not count: it has succeeded and v1.1.0 is live.',
      );
    });

    it('is one on what has started', async () => {
      await world.asked();
      await world.happens({ type: 'started' });

      await world.expectRefused(
        world.vote('U0LEO'),
        'Your vote on #1 does not count: it has been let go already.',
      );
    });

    it('is one on what has enough votes and waits for its time', async () => {
      await world.asked();
      await world.vote('U0LEO');
      await world.vote('U0PRIYA');
      await world.happens({ type: 'waiting', for: 'window', why: 'It is night.' });

      await world.expectRefused(
        world.vote('U0ANN', { groups: ['S0RELEASE'] }),
        'Your vote on #1 does not count: it has been let go already.',
      );
    });

    it('is one on what waits for another deployment before people are asked anew', async () => {
      await world.asked();
      await world.happens({ type: 'waiting', for: 'deployment', why: '#2 is under way.' });

      await world.expectRefused(
        world.vote('U0LEO'),
        'Nobody is asked to approve #1 now. Its message shows what it waits for, and when it can be approved.',
      );
    });

    it.each<[DeploymentEvent[]]>([[[]], [[{ type: 'checking' }]]])(
      'is one on what is still being checked',
      async (events) => {
        await world.happens(aRequestedEvent({ plan }), ...events);

        await world.expectRefused(
          world.vote('U0LEO'),
          '#1 is still being checked. Its message shows when it can be approved.',
        );
      },
    );

    it('is one on what needs no approval', async () => {
      await world.happens(aRequestedEvent({ plan }), { type: 'checking' }, { type: 'started' });
      await world.expectRefused(world.vote('U0LEO'), '#1 needed no approval, and has started.');
    });

    it('is one on what waits without having been asked about', async () => {
      await world.happens(aRequestedEvent({ plan }), { type: 'waiting', for: 'window', why: 'It is night.' });

      await world.expectRefused(world.vote('U0LEO'), 'Nobody is asked to approve #1 now.');
    });

    it.each([undefined, '', '   '])('is a rejection whose reason is %j', async (why) => {
      await world.asked();

      await world.expectRefused(
        world.vote('U0LEO', { verdict: 'reject', ...(why === undefined ? {} : { why }) }),
        'Nothing was done: a rejection needs a reason. Type `/forge reject #1 because …`.',
      );
    });

    it('is one on what there is not', async () => {
      await expect(world.vote('U0LEO')).rejects.toThrow('There is no deployment #1.');
    });
  });
});
