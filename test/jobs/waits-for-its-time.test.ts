import { afterEach, describe, expect, it } from 'vitest';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import type { Span, WindowPolicy } from '../../src/domain/calendar/window.ts';
import { liftFreeze, placeFreeze } from '../../src/use-cases/freeze.ts';
import { consent, declareEmergency } from '../../src/use-cases/let-start.ts';
import { placeLock, releaseLock } from '../../src/use-cases/lock.ts';
import { reloadPolicy } from '../../src/use-cases/reload-policy.ts';
import { writeReview } from '../../src/use-cases/review.ts';
import { minutes, policyOf } from './approval-world.ts';
import { person } from './forge-world.ts';
import { createScheduleWorld, type ScheduleWorld, stagingWith, withoutApprovals } from './schedule-world.ts';

const hours = 60 * minutes;
let world: ScheduleWorld;
afterEach(() => world.close());

/** It is Monday, 9:00 in UTC. */
function from(hour: number): Span {
  return { days: ['Mon'], from: hour * 60, to: 24 * 60 };
}

function windows(change: Partial<WindowPolicy>): WindowPolicy {
  return {
    ...{ zone: 'UTC', zones: {}, preferred: [], avoided: [], forbidden: [], holidays: [] },
    ...{ whenItCloses: 'finish-region' as const },
    ...change,
  };
}

const notBeforeTen = stagingWith({ windows: windows({ preferred: [from(10)] }) });
const forbidden = stagingWith({
  windows: windows({ preferred: [from(10)], forbidden: [{ days: ['Mon'], from: 0, to: 600 }] }),
});

async function startedWorld(policy = withoutApprovals): Promise<void> {
  world = createScheduleWorld(policy);
  await world.start();
}

async function asked(): Promise<number> {
  const number = await world.request('v1.1.0');
  await world.pass(minutes);
  return number;
}

async function lets(number: number, how: typeof consent | typeof declareEmergency): Promise<void> {
  const { plan, startAt } = await world.deployment(number);
  const digest = askedAbout(plan, world.policy.version, startAt);
  await how({ deployment: number, digest, why: 'customers cannot pay' }, person('U0RAVI'), world.adapters);
}

function frozen(inMs = hours) {
  const request = { scope: {}, until: world.clock.now() + inMs, reason: 'the sale' };
  return placeFreeze(request, person('U0SAM'), world.adapters);
}

async function locked(owner: string) {
  const place = { environment: 'staging' };
  const request = { place, owner, reason: 'a leak', until: world.clock.now() + hours };
  const outcome = await placeLock(request, person(owner), world.adapters);
  if (outcome.kind !== 'done') throw new Error(`The lock was ${outcome.kind}`);
  return outcome.lock;
}

describe('a deployment whose time is not yet', () => {
  it('says what it waits for and until when, and starts by itself then, once', async () => {
    await startedWorld(notBeforeTen);

    const number = await asked();
    expect(await world.phase(number)).toMatchObject({
      ...{ kind: 'waiting', for: 'consent', until: Date.UTC(2026, 0, 5, 10) },
    });
    await world.pass(50 * minutes);
    expect(await world.startedTimes(number)).toBe(0);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.startedTimes(number)).toBe(1);
  });

  it('starts at once with the consent of somebody who may', async () => {
    await startedWorld(notBeforeTen);
    const number = await asked();

    await lets(number, consent);

    expect((await world.ended(number)).startedAt).toBeLessThan(Date.UTC(2026, 0, 5, 9, 5));
  });

  it('at a forbidden time waits for the next one, and consent is not even asked for', async () => {
    await startedWorld(forbidden);
    const number = await asked();

    expect(await world.phase(number)).toMatchObject({ for: 'window', until: Date.UTC(2026, 0, 5, 10) });
    await expect(lets(number, consent)).rejects.toThrow(/does not wait for anybody’s consent/u);
    await world.pass(30 * minutes);
    expect(await world.startedTimes(number)).toBe(0);
  });

  it('is looked at again when policy says something else of its time', async () => {
    await startedWorld(notBeforeTen);
    const number = await asked();
    const next = { ...withoutApprovals, version: 'policy 2' };
    const source = {
      read: async () => ({ kind: 'valid' as const, policy: next }),
      replace: () => world.replacePolicy(next),
    };

    await reloadPolicy(person('U0SAM'), { ...world.adapters, policySource: source });

    expect((await world.ended(number)).startedAt).toBeLessThan(Date.UTC(2026, 0, 5, 9, 5));
  });
});

describe('a deployment during a freeze', () => {
  it('waits for its end, and starts by itself then', async () => {
    await startedWorld();
    await frozen();

    const number = await asked();
    expect(await world.phase(number)).toMatchObject({
      ...{ kind: 'waiting', for: 'freeze', until: Date.UTC(2026, 0, 5, 10) },
      why: expect.stringContaining('<@U0SAM> has frozen everything'),
    });
    await world.pass(50 * minutes);
    expect(await world.startedTimes(number)).toBe(0);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });

  it('starts as soon as that is lifted', async () => {
    await startedWorld();
    const { id } = await frozen();
    const number = await asked();

    await liftFreeze({ freeze: id }, person('U0SAM'), world.adapters);

    expect((await world.ended(number)).startedAt).toBeLessThan(Date.UTC(2026, 0, 5, 9, 5));
  });

  it('that ends at a time that is not preferred waits for consent from then on', async () => {
    await startedWorld(stagingWith({ windows: windows({ preferred: [from(12)] }) }));
    await frozen();
    const number = await asked();
    expect(await world.phase(number)).toMatchObject({ for: 'freeze', until: Date.UTC(2026, 0, 5, 12) });

    await world.pass(hours);
    expect(await world.phase(number)).toMatchObject({ for: 'consent', until: Date.UTC(2026, 0, 5, 12) });
    await lets(number, consent);

    expect((await world.ended(number)).startedAt).toBeLessThan(Date.UTC(2026, 0, 5, 10, 10));
  });

  it('that was approved keeps its votes until it may', async () => {
    await startedWorld(policyOf('policy 1'));
    await frozen();
    const number = await asked();
    await world.vote(number, 'U0LEO');
    await world.vote(number, 'U0PRIYA');
    await world.pass(2 * minutes);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'freeze' });

    await world.pass(50 * minutes);
    expect(await world.startedTimes(number)).toBe(0);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.count(number, 'approval-asked')).toBe(1);
  });

  it('can be aborted', async () => {
    await startedWorld();
    await frozen();
    const number = await asked();

    await world.abort(number);
    await world.pass(2 * hours);

    expect((await world.phase(number)).kind).toBe('aborted');
    expect(await world.startedTimes(number)).toBe(0);
  });
});

describe('a deployment where somebody else has a lock', () => {
  it('waits, and starts as soon as that is released', async () => {
    await startedWorld();
    const lock = await locked('U0SAM');
    const number = await asked();
    expect(await world.phase(number)).toMatchObject({
      ...{ kind: 'waiting', for: 'lock', why: expect.stringContaining('<@U0SAM> has locked staging') },
    });

    await releaseLock({ seen: lock }, person('U0SAM'), world.adapters);

    expect((await world.ended(number)).startedAt).toBeLessThan(Date.UTC(2026, 0, 5, 9, 5));
  });

  it('is not held up where it is their own', async () => {
    await startedWorld();
    await locked('U0MAYA');

    const number = await world.request('v1.1.0');

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });
});

describe('an emergency', () => {
  it('starts at once at a forbidden time, in a freeze, over a lock and without votes, and says so', async () => {
    const approvals = policyOf('policy 1').environments[0]?.approvals;
    if (approvals === undefined) throw new Error('Nobody is asked');
    await startedWorld(stagingWith({ approvals }, forbidden));
    await frozen();
    await locked('U0SAM');
    const number = await asked();

    await lets(number, declareEmergency);

    const { phase, startedAt, passedOver } = await world.ended(number);
    expect(phase.kind).toBe('succeeded');
    expect(startedAt).toBeLessThan(Date.UTC(2026, 0, 5, 9, 5));
    expect(passedOver).toEqual([
      expect.stringContaining('has frozen everything'),
      expect.stringContaining('has locked staging'),
      expect.stringContaining('forbidden time'),
    ]);
    expect(await world.startedTimes(number)).toBe(1);
  });

  it('does not skip the image: without it nothing starts', async () => {
    await startedWorld(policyOf('policy 1'));
    const number = await asked();
    world.sourceControl.resolve = async () => ({ kind: 'unknown', known: [] });

    await lets(number, declareEmergency);

    expect((await world.ended(number)).phase.kind).toBe('refused');
    expect(world.platform.changes).toEqual([]);
  });

  it('is one under the policy it was declared under: after a reload it waits again, and may be declared again', async () => {
    await startedWorld(notBeforeTen);
    const number = await asked();
    world.platform.break({ method: 'live', kind: 'unavailable' });
    await lets(number, declareEmergency);
    await world.pass(minutes);
    world.replacePolicy({ ...notBeforeTen, version: 'policy 2' });
    world.platform.mend();
    await world.pass(20 * minutes);

    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'consent' });
    expect(await world.deployment(number)).not.toHaveProperty('emergency');
    expect(await world.startedTimes(number)).toBe(0);
    await lets(number, declareEmergency);
    expect((await world.ended(number)).startedAt).toBeLessThan(Date.UTC(2026, 0, 5, 9, 30));
  });

  it('that is in line when it ends with a reload says so once, and waits for its time after that', async () => {
    await startedWorld(notBeforeTen);
    const number = await asked();
    world.platform.behave('v1.2.0', { kind: 'stalling' });
    const other = await world.request('v1.2.0', { by: person('U0ANN') });
    await world.pass(10_000);
    await lets(other, consent);
    await world.untilPhase(other, 'running');
    await lets(number, declareEmergency);
    await world.pass(10_000);
    world.replacePolicy({ ...notBeforeTen, version: 'policy 2' });

    await world.pass(40_000);
    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'deployment' });
    expect(await world.count(number, 'waiting')).toBe(2);
    await world.abort(other);
    await world.ended(other);
    await world.pass(minutes);

    expect(await world.phase(number)).toMatchObject({ kind: 'waiting', for: 'consent' });
    expect((await world.deployment(number)).emergency).toBeUndefined();
    expect(await world.startedTimes(number)).toBe(0);
  });

  it('leaves a review, of which people are reminded until somebody writes it', async () => {
    await startedWorld(policyOf('policy 1'));
    const number = await asked();
    await lets(number, declareEmergency);
    await world.ended(number);
    const reminders = () => world.count(number, 'review-reminded');

    await world.clock.advance(11 * hours);
    expect(await reminders()).toBe(0);
    await world.clock.advance(2 * hours);
    expect(await reminders()).toBe(1);
    await world.clock.advance(24 * hours);
    expect(await reminders()).toBe(2);
    await writeReview({ deployment: number, text: 'A leak.' }, person('U0RAVI'), world.adapters);
    await world.clock.advance(72 * hours);

    expect(await reminders()).toBe(2);
  });
});

describe('a rollback', () => {
  it('is held up by no window, freeze, lock or missing approval', async () => {
    await startedWorld();
    const number = await world.request('v1.1.0');
    await world.ended(number);
    const approvals = policyOf('policy 1').environments[0]?.approvals;
    if (approvals === undefined) throw new Error('Nobody is asked');
    world.replacePolicy({ ...stagingWith({ approvals }, forbidden), version: 'policy 2' });
    await frozen();
    await locked('U0SAM');

    const outcome = await world.undo(number, person('U0LEO'));

    if (outcome.kind !== 'requested') throw new Error(`The rollback was ${outcome.kind}`);
    const {
      phase,
      startedAt = Number.POSITIVE_INFINITY,
      requestedAt,
    } = await world.ended(outcome.deployment);
    expect(phase.kind).toBe('succeeded');
    expect(startedAt - requestedAt).toBeLessThan(minutes);
  });
});
