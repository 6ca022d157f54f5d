import { afterEach, describe, expect, it } from 'vitest';
import { castVote } from '../../src/use-cases/vote.ts';
import { minutes, policyOf, within } from './approval-world.ts';
import { person } from './forge-world.ts';
import { createScheduleWorld, type ScheduleWorld } from './schedule-world.ts';

const hours = 60 * minutes;
let world: ScheduleWorld;
afterEach(() => world.close());

/** Does something once, while Forge looks at AWS before a start. */
function whileItIsChecked(act: () => Promise<unknown>): void {
  const { platform } = world;
  const live = platform.live.bind(platform);
  platform.live = async (...words) => {
    platform.live = live;
    await act();
    return live(...words);
  };
}

describe('at the moment a deployment starts', () => {
  it('another time that its owner sets comes first: it does not start at the old one', async () => {
    world = createScheduleWorld();
    await world.start();
    const number = await world.scheduled(hours);
    await world.pass(50 * minutes);
    whileItIsChecked(() => world.reschedule(number, world.clock.now() + 3 * hours));

    await world.pass(hours);
    expect(await world.count(number, 'rescheduled')).toBe(1);
    expect(await world.startedTimes(number)).toBe(0);
    await world.pass(3 * hours);

    expect(await world.startedTimes(number)).toBe(1);
  });
});

describe('at the moment a deployment expires', () => {
  it('the last vote comes first where it was given in time', async () => {
    world = createScheduleWorld(policyOf('policy 1'));
    await world.start();
    const number = await world.request('v1.1.0');
    const { approval } = await world.asked(number);
    if (approval === undefined) throw new Error('Nobody was asked');
    const { round, digest, deadline } = approval;
    await world.vote(number, 'U0LEO');
    const { store, clock, adapters } = world;
    const unfinished = store.unfinished.bind(store);
    // Forge has just read how it stands, and is about to write that it has expired.
    store.unfinished = async (place) => {
      if (clock.now() < deadline) return unfinished(place);
      store.unfinished = unfinished;
      await castVote(
        { deployment: number, verdict: 'approve', seen: { round, digest } },
        { member: { id: 'U0PRIYA', groups: [] }, caller: person('U0PRIYA') },
        { ...adapters, clock: { ...clock, now: () => deadline - 1 } },
      );
      return unfinished(place);
    };

    await world.pass(within);

    expect((await world.ended(number)).phase.kind).toBe('succeeded');
    expect(await world.count(number, 'expired')).toBe(0);
  });
});
