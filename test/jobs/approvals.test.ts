import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApprovalWorld, createApprovalWorld, minutes, within } from './approval-world.ts';
import { staging, targetIn } from './shop.ts';

describe('a deployment that needs approval', () => {
  let world: ApprovalWorld;

  beforeEach(async () => {
    world = createApprovalWorld();
    await world.start();
  });
  afterEach(() => world.close());

  it('waits for people, and changes nothing while it does', async () => {
    const number = await world.askedFor();
    await world.clock.advance(4 * minutes);

    expect((await world.deployment(number)).approval).toMatchObject({
      ...{ round: 1, policy: 'policy 1', excluded: ['U0MAYA'], changes: [], votes: [] },
    });
    expect(world.platform.changes).toEqual([]);
    // When it was planned, and when it was checked.
    expect(world.platform.calls.filter(({ method }) => method === 'live')).toHaveLength(2);
  });

  it('starts as soon as enough people have approved, and not before', async () => {
    const number = await world.askedFor();

    await world.vote(number, 'U0LEO');
    await world.clock.advance(minutes);
    expect((await world.deployment(number)).phase.kind).toBe('awaiting-approval');
    await world.vote(number, 'U0PRIYA');
    await world.clock.advance(1_000);

    expect((await world.deployment(number)).startedAt).toBeDefined();
    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.count(number, 'started')).toBe(1);
  });

  it('starts once though the last two votes come at the same moment', async () => {
    const number = await world.askedFor();

    await Promise.all([world.vote(number, 'U0LEO'), world.vote(number, 'U0PRIYA')]);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.count(number, 'voted')).toBe(2);
    expect(await world.count(number, 'started')).toBe(1);
    expect(world.platform.changes).toHaveLength(1);
  });

  it('ends with nothing changed when somebody rejects it', async () => {
    const number = await world.askedFor();
    await world.vote(number, 'U0LEO');

    await world.vote(number, 'U0PRIYA', { verdict: 'reject', why: 'not on a Friday' });
    await world.clock.advance(minutes);

    expect((await world.deployment(number)).phase).toMatchObject({
      kind: 'rejected',
      reason: 'not on a Friday',
    });
    expect((await world.engine().get(`prepare/${number}`))?.status).toBe('done');
    expect(world.platform.changes).toEqual([]);
  });

  it('can be aborted while it waits, and changes nothing', async () => {
    const number = await world.askedFor();
    await world.vote(number, 'U0LEO');

    await world.abort(number);

    expect((await world.ended(number)).phase.kind).toBe('aborted');
    await expect(world.vote(number, 'U0PRIYA')).rejects.toThrow('does not count: it was aborted');
    expect(world.platform.changes).toEqual([]);
  });

  it('reminds people once, when half of their time is over', async () => {
    const number = await world.askedFor();

    await world.clock.advance(within / 2 - 1_000);
    expect(await world.count(number, 'approval-reminded')).toBe(0);
    await world.clock.advance(within / 2 - 1_000);

    expect(await world.count(number, 'approval-reminded')).toBe(1);
  });

  it('has expired when its time is over, says who was missing, and changes nothing', async () => {
    const number = await world.askedFor();
    const { approval } = await world.deployment(number);
    await world.vote(number, 'U0LEO');

    await world.clock.advance(within);

    const { phase, endedAt } = await world.deployment(number);
    expect(phase).toEqual({
      kind: 'expired',
      reason:
        'not enough people approved it in time. Still missing: 1 of security. Nothing was changed; ask again if you still want to.',
    });
    expect(endedAt).toBe(approval?.deadline);
    expect(world.platform.changes).toEqual([]);
  });

  it('whose last vote came in time starts, though nobody noticed before its time was over', async () => {
    const number = await world.askedFor();
    await world.vote(number, 'U0LEO');
    await world.clock.advance(within - 30_000);
    world.crash();
    await world.vote(number, 'U0PRIYA');
    await world.clock.advance(minutes);

    await world.start();

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  describe('beside a rollback', () => {
    it('does not hold it up, and it needs no approval itself', async () => {
      const done = await world.askedFor();
      await world.approved(done);
      await world.ended(done);
      const waiting = await world.request('v1.2.0');
      await world.asked(waiting);

      const rollback = await world.undone(done);

      expect(rollback.phase.kind).toBe('succeeded');
      expect(rollback).not.toHaveProperty('approval');
      expect(world.platform.desired(targetIn(staging)).version).toBe('v1.0.0');
      expect((await world.deployment(waiting)).phase.kind).toBe('awaiting-approval');
    });
  });
});
