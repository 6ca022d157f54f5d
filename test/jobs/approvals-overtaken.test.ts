import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ringPreparing } from '../../src/use-cases/prepare-bell.ts';
import {
  type ApprovalWorld,
  createApprovalWorld,
  minutes,
  policyOf,
  putLive,
  within,
} from './approval-world.ts';
import { europe, releaseOf } from './shop.ts';

describe('a deployment that needs approval', () => {
  let world: ApprovalWorld;

  beforeEach(async () => {
    world = createApprovalWorld();
    await world.start();
  });
  afterEach(() => world.close());

  describe('when something else has gone live', () => {
    it('is planned anew and asked about again with the difference, and earlier votes are void', async () => {
      const number = await world.askedFor();
      const { approval: first } = await world.deployment(number);
      await world.vote(number, 'U0LEO');
      putLive(world, 'v1.2.0');

      await world.vote(number, 'U0PRIYA');
      const { approval, plan } = await world.asked(number, 2);

      expect(approval).toMatchObject({
        ...{ votes: [], changes: ['eu-west-1 runs v1.2.0 now instead of v1.0.0.'] },
      });
      expect(approval?.digest).not.toBe(first?.digest);
      expect(plan.from[europe]?.version).toBe('v1.2.0');
      expect(world.platform.changes).toEqual([]);
    });

    it('starts on the new votes, over what is live then', async () => {
      const number = await world.askedFor();
      putLive(world, 'v1.2.0');
      await world.approved(number);
      await world.asked(number, 2);

      await world.approved(number);

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.count(number, 'started')).toBe(1);
    });

    it('is asked about again without a vote, within minutes', async () => {
      const number = await world.askedFor();
      putLive(world, 'v1.2.0');

      await world.clock.advance(5 * minutes + 1_000);

      expect((await world.deployment(number)).approval?.round).toBe(2);
    });

    it('gives people their whole time again', async () => {
      const number = await world.askedFor();
      await world.clock.advance(within - 6 * minutes);
      putLive(world, 'v1.2.0');

      const { approval } = await world.asked(number, 2);

      expect(approval?.deadline).toBe((approval?.askedAt ?? 0) + within);
      expect(approval).not.toHaveProperty('remindedAt');
    });

    it('is not started when that is what it was to put there', async () => {
      const number = await world.askedFor();
      putLive(world, 'v1.1.0');

      await world.approved(number);

      expect((await world.ended(number)).phase).toEqual({
        ...{ kind: 'refused' },
        reason: 'v1.1.0 is live already: somebody else deployed it meanwhile. Nothing was changed.',
      });
    });

    it('refuses a vote for what was shown before', async () => {
      const number = await world.askedFor();
      const { approval } = await world.deployment(number);
      putLive(world, 'v1.2.0');
      await world.vote(number, 'U0LEO');
      await world.clock.advance(5 * minutes + 1_000);
      const seen = { round: approval?.round ?? 0, digest: approval?.digest ?? '' };

      await expect(world.vote(number, 'U0PRIYA', { seen })).rejects.toThrow(
        'eu-west-1 runs v1.2.0 now instead of v1.0.0.',
      );
    });
  });

  it('is refused when its image has been replaced meanwhile', async () => {
    const number = await world.askedFor();
    const release = releaseOf('v1.1.0');
    const digests = { ...release.digests, [europe]: `sha256:${'f'.repeat(64)}` };
    world.sourceControl.add({ release: { ...release, digests }, branch: 'main' });
    world.sourceControl.resolve = async () => ({ kind: 'found', release: { ...release, digests } });

    await world.approved(number);

    expect((await world.ended(number)).phase).toMatchObject({
      reason: expect.stringContaining('is not the one this was planned with'),
    });
  });

  describe('when policy has changed', () => {
    it.each(['a restart', 'a reload'])(
      'by %s is asked about again, and earlier votes are void',
      async (how) => {
        const number = await world.askedFor();
        await world.vote(number, 'U0LEO');
        if (how === 'a restart') world.crash();
        world.replacePolicy(
          policyOf('policy 2', {
            approvals: { needs: [{ from: 'security', count: 1 }], within, emergencyAlone: false },
          }),
        );
        if (how === 'a restart') await world.start();

        const { approval } = await world.asked(number, 2);

        expect(approval).toMatchObject({
          ...{ policy: 'policy 2', votes: [], changes: ['The policy of Forge has changed.'] },
          needs: [{ from: 'security', count: 1 }],
        });
        await world.vote(number, 'U0PRIYA');
        expect((await world.ended(number)).phase.kind).toBe('succeeded');
      },
    );

    it('does not start on the votes it had, however many there were', async () => {
      const number = await world.askedFor();
      await world.vote(number, 'U0LEO');
      world.crash();
      await world.vote(number, 'U0PRIYA');
      world.replacePolicy(policyOf('policy 2'));
      await world.start();

      await world.asked(number, 2);

      expect(await world.count(number, 'started')).toBe(0);
    });

    it('and asks nobody any more, goes without', async () => {
      const number = await world.askedFor();
      world.crash();
      world.replacePolicy(policyOf('policy 2', { approvals: undefined }));
      await world.start();

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.count(number, 'replanned')).toBe(0);
    });

    it('and asks people now, asks them before it starts', async () => {
      world.crash();
      world.replacePolicy(policyOf('policy 0', { approvals: undefined }));
      const number = await world.request('v1.1.0');
      world.replacePolicy(policyOf('policy 1'));
      await world.start();

      await world.asked(number);

      expect(await world.count(number, 'started')).toBe(0);
    });

    it('and does not name its service any more, is refused', async () => {
      const number = await world.askedFor();
      world.crash();
      world.replacePolicy({ ...policyOf('policy 2'), services: [] });
      await world.start();

      expect((await world.ended(number)).phase).toMatchObject({
        ...{ kind: 'refused', reason: expect.stringContaining('is not in the policy file any more') },
      });
    });

    it('and back again while it waits in line, people are asked again', async () => {
      const number = await world.askedFor();
      const other = await world.otherUnderWay();
      world.replacePolicy(policyOf('policy 2'));
      await world.store.commit([ringPreparing(number, { id: 'news', by: 'U0SAM' })]);
      await world.untilPhase(number, 'waiting');
      world.replacePolicy(policyOf('policy 1'));
      await world.abort(other);

      const { approval } = await world.asked(number, 2);

      expect(approval?.changes).toEqual(['It has waited for something else meanwhile.']);
    });
  });
});
