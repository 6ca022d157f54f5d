import { afterEach, describe, expect, it } from 'vitest';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import type { WindowPolicy } from '../../src/domain/calendar/window.ts';
import { consent, declareEmergency } from '../../src/use-cases/let-start.ts';
import { minutes, policyOf, putLive } from './approval-world.ts';
import { person } from './forge-world.ts';
import { createScheduleWorld, type ScheduleWorld, stagingWith } from './schedule-world.ts';

const hours = 60 * minutes;
let world: ScheduleWorld;
afterEach(() => world.close());

async function startedWorld(policy = policyOf('policy 1')): Promise<void> {
  world = createScheduleWorld(policy);
  await world.start();
}

async function approved(number: number): Promise<void> {
  await world.vote(number, 'U0LEO');
  await world.vote(number, 'U0PRIYA');
  await world.pass(minutes);
}

async function lets(number: number, how: typeof consent | typeof declareEmergency): Promise<void> {
  const { plan, startAt } = await world.deployment(number);
  const digest = askedAbout(plan, world.policy.version, startAt);
  await how({ deployment: number, digest, why: 'it is quiet then' }, person('U0RAVI'), world.adapters);
}

describe('a scheduled deployment that needs approval', () => {
  it('asks for it when it is scheduled, and waits for its time with it', async () => {
    await startedWorld();
    const number = await world.scheduled(3 * hours);
    await world.asked(number);

    await approved(number);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });
    await world.pass(2 * hours);
    expect(await world.startedTimes(number)).toBe(0);
    await world.pass(hours);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.count(number, 'approval-asked')).toBe(1);
  });

  it('may be approved until it is to start, and has expired when nobody has by then', async () => {
    await startedWorld();
    const number = await world.scheduled(3 * hours);
    const { startAt, approval } = await world.asked(number);
    expect(approval?.deadline).toBe(startAt);

    await world.pass(3 * hours - 5 * minutes);
    expect((await world.phase(number)).kind).toBe('awaiting-approval');
    await world.pass(10 * minutes);

    expect((await world.phase(number)).kind).toBe('expired');
    expect(await world.startedTimes(number)).toBe(0);
  });

  it('is asked about anew when its time is changed, with the difference; who changed it may not vote', async () => {
    await startedWorld();
    const number = await world.scheduled(3 * hours);
    await world.asked(number);
    await approved(number);

    await world.reschedule(number, world.clock.now() + 4 * hours, 'U0LEO');
    const { approval, startAt = 0 } = await world.asked(number, 2);

    expect(approval).toMatchObject({
      ...{ votes: [], excluded: ['U0MAYA', 'U0LEO'], startAt },
      changes: [
        expect.stringMatching(/^It starts on 2026-01-05 at 13:01 UTC instead of 2026-01-05 at 12:00 UTC\.$/u),
      ],
    });
    await expect(world.vote(number, 'U0LEO')).rejects.toThrow('You set the time of #1');
    await world.vote(number, 'U0RAVI');
    await world.vote(number, 'U0PRIYA');
    await world.pass(4 * hours + minutes);
    expect((await world.ended(number)).startedAt).toBeGreaterThanOrEqual(startAt);
  });

  it('does not count a vote for the time it had before', async () => {
    await startedWorld();
    const number = await world.scheduled(3 * hours);
    const { approval } = await world.asked(number);
    await world.vote(number, 'U0LEO');
    world.crash();
    await world.reschedule(number, world.clock.now() + 4 * hours);

    const seen = { round: approval?.round ?? 0, digest: approval?.digest ?? '' };

    await expect(world.vote(number, 'U0PRIYA', { seen })).rejects.toThrow(/It starts on .* instead of/u);
  });

  it('that is not as it was asks approvers and its owner, and starts only with both', async () => {
    await startedWorld();
    const number = await world.scheduled(hours);
    await world.asked(number);
    await approved(number);
    putLive(world, 'v1.2.0');
    await world.pass(45 * minutes);
    const { approval, ownerAsked } = await world.deployment(number);
    expect(approval).toMatchObject({ round: 2, votes: [] });
    expect(ownerAsked?.changes).toEqual(['eu-west-1 runs v1.2.0 now instead of v1.0.0.']);

    await approved(number);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'owner' });
    await world.confirmed(number);
    await world.pass(15 * minutes);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.startedTimes(number)).toBe(1);
  });

  it('that is not as it was does not start with the owner’s word alone', async () => {
    await startedWorld();
    const number = await world.scheduled(hours);
    await world.asked(number);
    await approved(number);
    putLive(world, 'v1.2.0');
    await world.pass(45 * minutes);

    await world.confirmed(number);
    await world.pass(2 * hours);

    expect((await world.phase(number)).kind).toBe('expired');
    expect(await world.startedTimes(number)).toBe(0);
  });

  it('starts at once when it is called an emergency', async () => {
    await startedWorld();
    const number = await world.scheduled(3 * hours);
    await world.asked(number);

    await lets(number, declareEmergency);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });
});

/** Preferred from 14 to 16 UTC; everything else needs consent, nights are forbidden. */
const windows: WindowPolicy = {
  ...{ zone: 'UTC', zones: {}, avoided: [], holidays: [], whenItCloses: 'finish-region' },
  preferred: [{ days: ['Mon', 'Tue'], from: 14 * 60, to: 16 * 60 }],
  forbidden: [{ days: ['Mon', 'Tue'], from: 0, to: 6 * 60 }],
};

describe('a scheduled deployment whose time is not preferred', () => {
  it('asks for consent when it is scheduled, and starts at its time with it', async () => {
    await startedWorld(stagingWith({ windows }));
    const number = await world.scheduled(hours);
    await world.pass(minutes);
    const { startAt } = await world.deployment(number);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'consent', until: startAt });

    await lets(number, consent);
    await world.pass(minutes);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });
    await world.pass(hours);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  it('does not start without consent, at no time', async () => {
    await startedWorld(stagingWith({ windows }));
    const number = await world.scheduled(hours);

    await world.pass(8 * hours);

    expect(await world.phase(number)).toMatchObject({
      kind: 'expired',
      reason: expect.stringContaining('nobody consented to its time'),
    });
    expect(await world.startedTimes(number)).toBe(0);
  });

  it('needs consent anew when its time is changed', async () => {
    await startedWorld(stagingWith({ windows }));
    const number = await world.scheduled(hours);
    await world.pass(minutes);
    await lets(number, consent);
    await world.pass(minutes);

    await world.reschedule(number, world.clock.now() + 2 * hours);
    await world.pass(minutes);

    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'consent' });
  });

  it('needs none where its time is preferred, whenever it was scheduled', async () => {
    await startedWorld(stagingWith({ windows }));
    const number = await world.scheduled(5 * hours + minutes);
    await world.pass(minutes);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });

    await world.pass(5 * hours);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  it('asks for consent and approval at the same time, and starts at its time with both', async () => {
    await startedWorld(stagingWith({ windows }, policyOf('policy 1')));
    const number = await world.scheduled(hours);
    const { approval } = await world.asked(number);
    expect(approval?.consent).toMatch(/needs a reason and the consent/u);

    await lets(number, consent);
    await approved(number);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });
    expect(await world.count(number, 'approval-asked')).toBe(1);
    await world.pass(hours);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  it('does not start with its approval alone', async () => {
    await startedWorld(stagingWith({ windows }, policyOf('policy 1')));
    const number = await world.scheduled(hours);
    await world.asked(number);

    await approved(number);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'consent' });
    await world.pass(2 * hours);

    expect((await world.phase(number)).kind).toBe('expired');
    expect(await world.startedTimes(number)).toBe(0);
  });
});
