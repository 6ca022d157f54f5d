import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { declareEmergency } from '../../src/use-cases/let-start.ts';
import { minutes, policyOf, putLive } from './approval-world.ts';
import { person } from './forge-world.ts';
import { createScheduleWorld, type ScheduleWorld, withoutApprovals } from './schedule-world.ts';
import { checkout } from './shop.ts';

const hours = 60 * minutes;
const gone =
  'It cannot start as it is: the image of v1.1.0 is not in the registry any more. Build it again, or deploy another release.';
let world: ScheduleWorld;
afterEach(() => world.close());

async function startedWorld(policy?: Policy): Promise<void> {
  world = createScheduleWorld(policy);
  await world.start();
}

/** Somebody deletes every image; what is given back brings them again. */
function emptyRegistry(): () => void {
  const { sourceControl } = world;
  const resolve = sourceControl.resolve.bind(sourceControl);
  sourceControl.resolve = async () => ({ kind: 'unknown', known: [] });
  return () => {
    sourceControl.resolve = resolve;
  };
}

/** How often AWS was asked what is live. */
function looks(): number {
  return world.platform.calls.filter(({ method }) => method === 'live').length;
}

async function changesAsked(number: number): Promise<string[] | undefined> {
  return (await world.deployment(number)).ownerAsked?.changes;
}

describe('a scheduled deployment whose image is gone a quarter of an hour before', () => {
  beforeEach(() => startedWorld());

  async function withoutImage(): Promise<{ number: number; rebuild: () => void }> {
    const number = await world.scheduled(hours);
    await world.pass(minutes);
    const rebuild = emptyRegistry();
    await world.pass(45 * minutes);
    return { number, rebuild };
  }

  it('asks its owner what is to become of it, by its time', async () => {
    const { number } = await withoutImage();
    const { ownerAsked, phase, startAt } = await world.deployment(number);

    expect(ownerAsked).toMatchObject({
      ...{ changes: [gone], deadline: startAt },
      problem: { about: 'image', says: gone },
    });
    expect(phase).toMatchObject({ kind: 'waiting', for: 'owner' });
  });

  it('does not start without an answer, and says why', async () => {
    const { number } = await withoutImage();
    const before = looks();

    await world.pass(hours);

    expect(looks() - before).toBeLessThanOrEqual(3);
    expect(await world.phase(number)).toMatchObject({
      kind: 'expired',
      reason: expect.stringMatching(/its owner did not say in time .* is not in the registry any more/u),
    });
    expect(await world.count(number, 'owner-asked')).toBe(1);
    expect(await world.count(number, 'owner-reminded')).toBe(1);
    expect(world.platform.changes).toEqual([]);
  });

  it('is looked at again when its owner says so, and starts at its time with the image that is there again', async () => {
    const { number, rebuild } = await withoutImage();
    rebuild();

    await world.confirmed(number);
    await world.pass(5_000);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });

    const { startedAt = 0, startAt, phase } = await world.ended(number);
    expect(phase.kind).toBe('succeeded');
    expect(startedAt).toBeGreaterThanOrEqual(startAt ?? 0);
  });

  it('asks its owner again, who said so while nothing was mended, and does not start', async () => {
    const { number } = await withoutImage();

    await world.confirmed(number);
    await world.pass(5_000);

    expect(await changesAsked(number)).toEqual([gone]);
    expect(await world.count(number, 'owner-asked')).toBe(2);
    await world.pass(2 * hours);
    expect((await world.phase(number)).kind).toBe('expired');
  });

  it('needs nobody once the image is there again', async () => {
    const { number, rebuild } = await withoutImage();
    rebuild();

    await world.pass(6 * minutes);
    expect(await world.count(number, 'owner-not-needed')).toBe(1);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  it('starts later where its owner sets another time and the image is there by then', async () => {
    const { number, rebuild } = await withoutImage();

    await world.reschedule(number, world.clock.now() + 2 * hours);
    await world.pass(minutes);
    rebuild();
    await world.pass(2 * hours);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  it('can be aborted', async () => {
    const { number } = await withoutImage();

    await world.abort(number);

    expect((await world.ended(number)).phase.kind).toBe('aborted');
  });
});

describe('a scheduled deployment', () => {
  it('asks its owner where somebody else has put live what it was to put there', async () => {
    await startedWorld();
    const number = await world.scheduled(hours);
    await world.pass(minutes);
    putLive(world, 'v1.1.0');

    await world.pass(45 * minutes);

    expect(await changesAsked(number)).toEqual([
      'It cannot start as it is: v1.1.0 is live already: somebody else deployed it meanwhile.',
    ]);
    await world.pass(20 * minutes);
    expect((await world.phase(number)).kind).toBe('expired');
  });

  it('asks its owner about another plan that helps', async () => {
    await startedWorld();
    const number = await world.scheduled(hours);
    await world.pass(minutes);
    putLive(world, 'v1.1.0');
    await world.pass(45 * minutes);

    putLive(world, 'v1.2.0');
    await world.pass(6 * minutes);

    const { ownerAsked } = await world.deployment(number);
    expect(ownerAsked?.changes).toEqual(['eu-west-1 runs v1.2.0 now instead of v1.0.0.']);
    expect(ownerAsked).not.toHaveProperty('problem');
  });

  it('waits for votes and for its owner at once, and starts only with both', async () => {
    await startedWorld(policyOf('policy 1', { approvals: aLongTime() }));
    const number = await world.scheduled(hours);
    await world.asked(number);
    const rebuild = emptyRegistry();
    await world.pass(50 * minutes);
    expect(await changesAsked(number)).toEqual([gone]);
    expect((await world.phase(number)).kind).toBe('awaiting-approval');

    rebuild();
    await world.confirmed(number);
    await world.pass(15 * minutes);
    expect(await world.startedTimes(number)).toBe(0);
    await world.vote(number, 'U0LEO');
    await world.vote(number, 'U0PRIYA');

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  /** One for much later was called an emergency, while another is under way. */
  async function emergencyInLine(): Promise<{ number: number; other: number }> {
    await startedWorld(withoutApprovals);
    const number = await world.scheduled(5 * hours);
    await world.pass(minutes);
    world.platform.behave('v1.2.0', { kind: 'stalling' });
    const other = await world.request('v1.2.0');
    await world.untilPhase(other, 'running');
    const { plan, startAt } = await world.deployment(number);
    const digest = askedAbout(plan, world.policy.version, startAt);
    await declareEmergency(
      { deployment: number, digest, why: 'customers cannot pay' },
      person('U0RAVI'),
      world.adapters,
    );
    await world.pass(20_000);
    return { number, other };
  }

  it('called an emergency while another is under way waits in line for that, and starts right after', async () => {
    const { number, other } = await emergencyInLine();
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'deployment' });
    await world.abort(other);
    await world.ended(other);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  it('called an emergency under another policy waits for its own time again', async () => {
    const { number, other } = await emergencyInLine();
    world.replacePolicy({ ...withoutApprovals, version: 'policy 2' });
    await world.pass(30_000);
    await world.abort(other);
    await world.ended(other);
    await world.pass(minutes);

    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });
    expect((await world.deployment(number)).emergency).toBeUndefined();
    expect(await world.startedTimes(number)).toBe(0);
  });
});

function aLongTime() {
  const approvals = policyOf('any').environments[0]?.approvals;
  if (approvals === undefined) throw new Error('Nobody is asked');
  return { ...approvals, within: 5 * hours };
}

describe('a scheduled deployment for whose second set of tasks the database has no room', () => {
  const crowded: Policy = {
    ...withoutApprovals,
    services: [
      {
        ...checkout,
        database: { staging: { instance: 'shop', maxConnections: 100, poolPerTask: 10 } },
      },
    ],
  };

  beforeEach(async () => {
    await startedWorld(crowded);
    const { platform } = world;
    const live = platform.live.bind(platform);
    platform.live = async (...asked) => ({ ...(await live(...asked)), desired: 2 });
  });

  /** From now on so many connections are in use. */
  function inUse(value: number): void {
    const { metrics } = world;
    const measure = metrics.measure.bind(metrics);
    metrics.measure = async (target, request, options) => ({
      ...(await measure(target, request, options)),
      database: { connections: [{ at: request.from, value }], max: 100 },
    });
  }

  it('long before its time is left alone: how busy it is now says nothing', async () => {
    inUse(95);

    const number = await world.scheduled(2 * hours);
    await world.pass(hours);

    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'schedule' });
  });

  it('a quarter of an hour before asks its owner once, whatever the count is', async () => {
    inUse(95);
    const number = await world.scheduled(hours);
    await world.pass(46 * minutes);
    const asked = await changesAsked(number);
    inUse(96);

    await world.pass(7 * minutes);

    expect(asked).toEqual([expect.stringContaining('has no room for a second set of tasks: 95 of 100')]);
    expect(await changesAsked(number)).toEqual(asked);
    expect(await world.count(number, 'owner-asked')).toBe(1);
    await world.pass(10 * minutes);
    expect((await world.phase(number)).kind).toBe('expired');
  });

  it('starts at its time where there is room by then', async () => {
    inUse(95);
    const number = await world.scheduled(hours);
    await world.pass(46 * minutes);
    inUse(10);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });
});

describe('while AWS refuses', () => {
  const refusal = 'AWS refuses: The platform refuses live.';

  it('what people approve waits on, is told so once, and starts when AWS lets it', async () => {
    await startedWorld(policyOf('policy 1'));
    const number = await world.request('v1.1.0');
    await world.asked(number);
    world.platform.break({ method: 'live', kind: 'refused' });

    await world.vote(number, 'U0LEO');
    await world.vote(number, 'U0PRIYA');
    await world.pass(18 * minutes);
    const { phase, trouble } = await world.deployment(number);
    expect([phase.kind, trouble]).toEqual(['awaiting-approval', refusal]);
    expect(await world.count(number, 'blocked')).toBe(1);
    world.platform.mend();

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.count(number, 'unblocked')).toBe(1);
  });

  it('what nobody approves has expired when the time for that is over', async () => {
    await startedWorld(policyOf('policy 1'));
    const number = await world.request('v1.1.0');
    await world.asked(number);
    world.platform.break({ method: 'live', kind: 'refused' });

    await world.pass(25 * minutes);

    expect((await world.phase(number)).kind).toBe('expired');
    expect(await world.count(number, 'blocked')).toBe(1);
  });

  it('what is scheduled says so, and its owner is asked when its time has passed', async () => {
    await startedWorld();
    const number = await world.scheduled(hours);
    await world.pass(40 * minutes);
    world.platform.break({ method: 'live', kind: 'refused' });

    await world.pass(19 * minutes);
    expect((await world.deployment(number)).trouble).toBe(refusal);
    expect(await world.count(number, 'blocked')).toBe(1);
    await world.pass(13 * minutes);

    expect(await changesAsked(number)).toEqual(['It did not start at its time.']);
    expect(await world.startedTimes(number)).toBe(0);
  });

  it('what nobody has waited for is refused at once', async () => {
    await startedWorld();
    const number = await world.request('v1.1.0');
    world.platform.break({ method: 'live', kind: 'refused' });

    expect((await world.ended(number)).phase).toEqual({
      kind: 'refused',
      reason: 'The platform refuses live. Nothing was changed.',
    });
  });
});
