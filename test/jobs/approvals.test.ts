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
import { person } from './forge-world.ts';
import { europe, releaseOf, staging, targetIn } from './shop.ts';

describe('a deployment that needs approval', () => {
  let world: ApprovalWorld;

  beforeEach(async () => {
    world = createApprovalWorld();
    await world.start();
  });
  afterEach(() => world.close());

  /** Asks for v1.1.0 and waits until people are asked about it. */
  async function askedFor(): Promise<number> {
    const number = await world.request('v1.1.0');
    await world.asked(number);
    return number;
  }

  /** Leo and Priya approve what they are asked now. */
  async function approved(number: number): Promise<void> {
    await world.vote(number, 'U0LEO');
    await world.vote(number, 'U0PRIYA');
  }

  it('waits for people, and changes nothing while it does', async () => {
    const number = await askedFor();
    await world.clock.advance(4 * minutes);

    expect((await world.deployment(number)).approval).toMatchObject({
      ...{ round: 1, policy: 'policy 1', excluded: ['U0MAYA'], changes: [], votes: [] },
    });
    expect(world.platform.changes).toEqual([]);
    // When it was planned, and when it was checked.
    expect(world.platform.calls.filter(({ method }) => method === 'live')).toHaveLength(2);
  });

  it('starts as soon as enough people have approved, and not before', async () => {
    const number = await askedFor();

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
    const number = await askedFor();

    await Promise.all([world.vote(number, 'U0LEO'), world.vote(number, 'U0PRIYA')]);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.count(number, 'voted')).toBe(2);
    expect(await world.count(number, 'started')).toBe(1);
    expect(world.platform.changes).toHaveLength(1);
  });

  it('ends with nothing changed when somebody rejects it', async () => {
    const number = await askedFor();
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
    const number = await askedFor();
    await world.vote(number, 'U0LEO');

    await world.abort(number);

    expect((await world.ended(number)).phase.kind).toBe('aborted');
    await expect(world.vote(number, 'U0PRIYA')).rejects.toThrow('does not count: it was aborted');
    expect(world.platform.changes).toEqual([]);
  });

  it('reminds people once, when half of their time is over', async () => {
    const number = await askedFor();

    await world.clock.advance(within / 2 - 1_000);
    expect(await world.count(number, 'approval-reminded')).toBe(0);
    await world.clock.advance(within / 2 - 1_000);

    expect(await world.count(number, 'approval-reminded')).toBe(1);
  });

  it('has expired when its time is over, says who was missing, and changes nothing', async () => {
    const number = await askedFor();
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
    const number = await askedFor();
    await world.vote(number, 'U0LEO');
    await world.clock.advance(within - 30_000);
    world.crash();
    await world.vote(number, 'U0PRIYA');
    await world.clock.advance(minutes);

    await world.start();

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  describe('when something else has gone live', () => {
    it('is planned anew and asked about again with the difference, and earlier votes are void', async () => {
      const number = await askedFor();
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
      const number = await askedFor();
      putLive(world, 'v1.2.0');
      await approved(number);
      await world.asked(number, 2);

      await approved(number);

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.count(number, 'started')).toBe(1);
    });

    it('is asked about again without a vote, within minutes', async () => {
      const number = await askedFor();
      putLive(world, 'v1.2.0');

      await world.clock.advance(5 * minutes + 1_000);

      expect((await world.deployment(number)).approval?.round).toBe(2);
    });

    it('gives people their whole time again', async () => {
      const number = await askedFor();
      await world.clock.advance(within - 6 * minutes);
      putLive(world, 'v1.2.0');

      const { approval } = await world.asked(number, 2);

      expect(approval?.deadline).toBe((approval?.askedAt ?? 0) + within);
      expect(approval).not.toHaveProperty('remindedAt');
    });

    it('is not started when that is what it was to put there', async () => {
      const number = await askedFor();
      putLive(world, 'v1.1.0');

      await approved(number);

      expect((await world.ended(number)).phase).toEqual({
        ...{ kind: 'refused' },
        reason: 'v1.1.0 is live already: somebody else deployed it meanwhile. Nothing was changed.',
      });
    });

    it('refuses a vote for what was shown before', async () => {
      const number = await askedFor();
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
    const number = await askedFor();
    const release = releaseOf('v1.1.0');
    const digests = { ...release.digests, [europe]: `sha256:${'f'.repeat(64)}` };
    world.sourceControl.add({ release: { ...release, digests }, branch: 'main' });
    world.sourceControl.resolve = async () => ({ kind: 'found', release: { ...release, digests } });

    await approved(number);

    expect((await world.ended(number)).phase).toMatchObject({
      reason: expect.stringContaining('is not the one this was planned with'),
    });
  });

  describe('when policy has changed', () => {
    it.each(['a restart', 'a reload'])(
      'by %s is asked about again, and earlier votes are void',
      async (how) => {
        const number = await askedFor();
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
      const number = await askedFor();
      await world.vote(number, 'U0LEO');
      world.crash();
      await world.vote(number, 'U0PRIYA');
      world.replacePolicy(policyOf('policy 2'));
      await world.start();

      await world.asked(number, 2);

      expect(await world.count(number, 'started')).toBe(0);
    });

    it('and asks nobody any more, goes without', async () => {
      const number = await askedFor();
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
      const number = await askedFor();
      world.crash();
      world.replacePolicy({ ...policyOf('policy 2'), services: [] });
      await world.start();

      expect((await world.ended(number)).phase).toMatchObject({
        ...{ kind: 'refused', reason: expect.stringContaining('is not in the policy file any more') },
      });
    });

    it('and back again while it waits in line, people are asked again', async () => {
      const number = await askedFor();
      const other = await otherUnderWay();
      world.replacePolicy(policyOf('policy 2'));
      await world.store.commit([ringPreparing(number, { id: 'news', by: 'U0SAM' })]);
      await world.untilPhase(number, 'waiting');
      world.replacePolicy(policyOf('policy 1'));
      await world.abort(other);

      const { approval } = await world.asked(number, 2);

      expect(approval?.changes).toEqual(['It has waited for something else meanwhile.']);
    });
  });

  describe('while AWS is silent', () => {
    it('at the moment of the last vote goes on when it answers', async () => {
      const number = await askedFor();
      world.platform.break({ method: 'live', kind: 'unavailable' });

      await approved(number);
      await world.clock.advance(2 * minutes);
      const { phase, trouble } = await world.deployment(number);
      world.platform.mend();

      expect(phase.kind).toBe('awaiting-approval');
      expect(trouble).toContain('AWS does not answer');
      expect((await world.ended(number)).phase.kind).toBe('succeeded');
    });

    it('still waits for people, and says that it answers again as soon as it does', async () => {
      const number = await askedFor();
      world.platform.break({ method: 'live', kind: 'unavailable' });
      await world.clock.advance(6 * minutes);
      expect((await world.deployment(number)).trouble).toContain('AWS does not answer');
      world.platform.mend();

      await world.clock.advance(6 * minutes);

      const { trouble, phase } = await world.deployment(number);
      expect(trouble).toBeUndefined();
      expect(phase.kind).toBe('awaiting-approval');
    });

    it('and policy has changed is asked about again when it answers', async () => {
      const number = await askedFor();
      world.crash();
      world.platform.break({ method: 'live', kind: 'unavailable' });
      world.replacePolicy(policyOf('policy 2'));
      await world.start();
      await world.clock.advance(2 * minutes);
      expect((await world.deployment(number)).phase.kind).toBe('awaiting-approval');
      world.platform.mend();

      await world.asked(number, 2);
    });
  });

  /** Deployment of v1.2.0 to the same place that has begun and does not come to an end. */
  async function otherUnderWay(): Promise<number> {
    world.platform.behave('v1.2.0', { kind: 'stalling' });
    const other = await world.request('v1.2.0', { by: person('U0ANN') });
    await world.asked(other);
    await approved(other);
    await world.untilPhase(other, 'running');
    return other;
  }

  describe('while another is under way', () => {
    it('waits in line once it is approved, and is asked about anew since something else is live then', async () => {
      const number = await askedFor();
      const other = await world.request('v1.2.0', { by: person('U0ANN') });
      await world.asked(other);
      await approved(other);
      await world.untilPhase(other, 'running');

      await approved(number);
      const { phase } = await world.untilPhase(number, 'waiting');
      const { approval } = await world.asked(number, 2);

      expect(phase).toMatchObject({
        ...{ for: 'deployment', why: `#${other} of the same service is under way there.` },
      });
      expect((await world.deployment(other)).phase.kind).toBe('succeeded');
      expect(approval?.changes).toEqual(['eu-west-1 runs v1.2.0 now instead of v1.0.0.']);
    });

    it('starts on the votes it has when the other has changed nothing', async () => {
      const number = await askedFor();
      const other = await otherUnderWay();
      await approved(number);
      await world.untilPhase(number, 'waiting');

      await world.abort(other);

      expect((await world.ended(other)).phase.kind).toBe('aborted');
      const { approval, phase } = await world.ended(number);
      // Putting back gives the service a revision of its own where it has to.
      expect([phase.kind, approval?.round]).toEqual(['succeeded', 1]);
    });

    it('is approved at the same moment, and only one of the two begins', async () => {
      const number = await askedFor();
      const other = await world.request('v1.2.0', { by: person('U0ANN') });
      await world.asked(other);
      await world.vote(number, 'U0LEO');
      await world.vote(other, 'U0LEO');

      await Promise.all([world.vote(number, 'U0PRIYA'), world.vote(other, 'U0PRIYA')]);
      await world.clock.advance(2_000);

      const states = [await world.deployment(number), await world.deployment(other)];
      expect(states.filter(({ startedAt }) => startedAt !== undefined)).toHaveLength(1);
    });

    it('takes votes until its time is over', async () => {
      const number = await askedFor();
      await otherUnderWay();

      await world.vote(number, 'U0LEO');
      await world.clock.advance(within);

      expect((await world.deployment(number)).phase.kind).toBe('expired');
    });
  });

  describe('beside a rollback', () => {
    it('does not hold it up, and it needs no approval itself', async () => {
      const done = await askedFor();
      await approved(done);
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

  describe('whose process dies', () => {
    it('keeps its votes, and starts with the next process', async () => {
      const number = await askedFor();
      await world.vote(number, 'U0LEO');
      world.crash();
      await world.clock.advance(minutes);
      await world.start();

      await world.vote(number, 'U0PRIYA');

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
      expect(await world.count(number, 'approval-asked')).toBe(1);
    });

    it('hears of a vote that was given while there was none', async () => {
      const number = await askedFor();
      world.crash();
      await approved(number);
      await world.start();

      expect((await world.ended(number)).phase.kind).toBe('succeeded');
    });

    it('has expired when its time was over meanwhile', async () => {
      const number = await askedFor();
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
    if (await isAsked()) await voteBoth(world);
    return true;
  }
  await voteBoth(world);
  await world.until(async () => life.isOver || (await world.isPublished(1)));
  if (!life.isOver) return false;
  world.crash();
  await meanwhile();
  await world.start();
  return true;
}

async function voteBoth(world: ApprovalWorld): Promise<void> {
  await world.vote(1, 'U0LEO');
  await world.vote(1, 'U0PRIYA');
}
