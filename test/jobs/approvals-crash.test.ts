import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ApprovalWorld,
  createApprovalWorld,
  minutes,
  policyOf,
  putLive,
  within,
} from './approval-world.ts';
import { europe } from './shop.ts';

describe('a deployment that needs approval', () => {
  let world: ApprovalWorld;

  beforeEach(async () => {
    world = createApprovalWorld();
    await world.start();
  });
  afterEach(() => world.close());

  describe('whose process dies', () => {
    it('keeps its votes, and starts with the next process', async () => {
      const number = await world.askedFor();
      await world.vote(number, 'U0LEO');
      world.crash();
      await world.clock.advance(minutes);
      await world.start();

      await world.vote(number, 'U0PRIYA');

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.count(number, 'approval-asked')).toBe(1);
    });

    it('hears of a vote that was given while there was none', async () => {
      const number = await world.askedFor();
      world.crash();
      await world.approved(number);
      await world.start();

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
    });

    it('has expired when its time was over meanwhile', async () => {
      const number = await world.askedFor();
      world.crash();
      await world.clock.advance(within);
      await world.start();

      expect((await world.ended(number)).phase.kind).toBe('expired');
    });
  });
});

describe('a deployment that needs approval', () => {
  it('starts once, on the votes of everybody, when its process dies at any call that changes something', async () => {
    let deaths = 0;
    for (let call = 1, hasDied = true; hasDied; call += 1) {
      const world = createApprovalWorld();
      hasDied = await survive(world, { call, side: 'after' });
      const { phase } = await world.ended(1);
      expect(phase.kind, `after call ${call}`).toBe('succeeded');
      expect(await world.count(1, 'voted'), `after call ${call}`).toBe(2);
      expect(await world.count(1, 'approval-asked'), `after call ${call}`).toBe(1);
      expect(await world.count(1, 'started'), `after call ${call}`).toBe(1);
      expect(world.platform.changes, `after call ${call}`).toHaveLength(1);
      expect(world.reports, `after call ${call}`).toEqual([]);
      await world.close();
      if (hasDied) deaths = call;
    }
    expect(deaths).toBeGreaterThan(20);
  }, 120_000);

  it.each(['what is live', 'policy', 'both'] as const)(
    'never starts on what was approved before its process died, when %s has changed afterwards',
    async (what) => {
      const changedAt: number[] = [];
      const live = what === 'policy' ? 'v1.0.0' : 'v1.2.0';
      const policy = what === 'what is live' ? 'policy 1' : 'policy 2';
      for (let call = 1, hasDied = true; hasDied; call += 1) {
        const world = createApprovalWorld();
        hasDied = await survive(world, { call, side: 'after' }, async () => {
          if ((await world.count(1, 'started')) > 0) return;
          if (what !== 'policy') putLive(world, live);
          world.replacePolicy(policyOf(policy));
          changedAt.push(call);
        });
        const { plan, startedAt, approval } = await world.until(async () => {
          const state = await world.deployment(1);
          const isDecided = state.startedAt !== undefined || state.phase.kind === 'refused';
          return (isDecided || (state.approval?.round ?? 0) > 1) && state;
        });
        const startedOn = [plan.from[europe]?.version, approval?.policy];
        const right = changedAt.includes(call) ? [live, policy] : ['v1.0.0', 'policy 1'];
        if (startedAt !== undefined) expect(startedOn, `after call ${call}`).toEqual(right);
        await world.close();
      }
      expect(changedAt.length).toBeGreaterThan(20);
    },
    120_000,
  );
});

/** Carries a deployment through a process that dies there and, after what happens in between, one that lives. False: the first one lived. */
async function survive(
  world: ApprovalWorld,
  end: { call: number; side: 'after' },
  meanwhile: () => unknown = () => undefined,
): Promise<boolean> {
  const life = await world.start(end);
  await world.request('v1.1.0');
  const isAsked = async () => (await world.deployment(1)).approval !== undefined;
  await world.until(async () => life.isOver || (await isAsked()));
  if (life.isOver && !(await isAsked())) {
    world.crash();
    await meanwhile();
    await world.start();
    await world.until(async () => (await isAsked()) || (await world.deployment(1)).phase.kind === 'refused');
    if (await isAsked()) await world.approved(1);
    return true;
  }
  await world.approved(1);
  await world.until(async () => life.isOver || (await world.isPublished(1)));
  if (!life.isOver) return false;
  world.crash();
  await meanwhile();
  await world.start();
  return true;
}
