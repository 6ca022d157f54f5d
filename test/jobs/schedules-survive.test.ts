import { describe, expect, it } from 'vitest';
import { minutes, putLive } from './approval-world.ts';
import type { Life } from './mortal.ts';
import { callsToDieAt, inScheduleWorld, patientPolicy, type ScheduleWorld } from './schedule-world.ts';
import { staging, targetIn } from './shop.ts';

/** Longer than anything a schedule waits for. */
const patience = 5 * 60 * minutes;

/** Where Forge is killed, and how long it stays away then. */
type Kill = { end?: Life['end']; downFor: number };

/** Lets so much time go on; a process that died begins anew when it was away so long. */
async function live(world: ScheduleWorld, milliseconds: number, { downFor }: Kill): Promise<void> {
  for (const end = world.clock.now() + milliseconds; world.clock.now() < end; await world.pass(minutes)) {
    if (world.lives()) continue;
    await world.pass(downFor);
    await world.start(undefined, { drivers: 'both' });
  }
}

/** Its owner says yes whenever they are asked. */
async function comeToAnEnd(world: ScheduleWorld, number: number, kill: Kill): Promise<void> {
  for (const end = world.clock.now() + patience; world.clock.now() < end; await live(world, minutes, kill)) {
    const { phase, endedAt } = await world.deployment(number);
    if (endedAt !== undefined) return;
    if (phase.kind === 'waiting' && phase.for === 'owner') await world.confirmed(number);
  }
  throw new Error(`#${number} does not come to an end`);
}

/** All that may happen to a schedule, with a process that dies at a call, and another one after it. Says how many calls there were. */
async function played(kill: Kill): Promise<number> {
  let calls = 0;
  await inScheduleWorld(async (world) => {
    const life = await world.start(kill.end, { drivers: 'both' });
    const number = await world.scheduled(40 * minutes);
    await live(world, 2 * minutes, kill);
    const { startedAt: alreadyAt } = await world.deployment(number);
    if (alreadyAt === undefined) await world.reschedule(number, world.clock.now() + 20 * minutes);
    await live(world, 6 * minutes, kill);
    await comeToAnEnd(world, number, kill);
    await live(world, 2 * minutes, kill);
    calls = life.calls;

    const { phase, startAt = 0, startedAt = 0 } = await world.deployment(number);
    const { version } = await world.platform.live(targetIn(staging), {
      signal: new AbortController().signal,
    });
    const ended = { phase: phase.kind, version, isEarly: startedAt < startAt, died: life.isOver };
    expect({ kill, ...ended }).toEqual({
      ...{ kill, phase: 'succeeded', version: 'v1.1.0', isEarly: false, died: kill.end !== undefined },
    });
    expect(await world.startedTimes(number)).toBe(1);
    expect(world.platform.changes).toHaveLength(1);
    const isAsked = startedAt - startAt > 10 * minutes;
    expect({ kill, asked: await world.count(number, 'owner-asked') }).toEqual({
      kill,
      asked: isAsked ? 1 : 0,
    });
    expect([...world.driver.pending.keys()]).toEqual([]);
    expect([...world.reports, ...world.told]).toEqual([]);
  }, patientPolicy);
  return calls;
}

describe('a schedule that both drivers know', () => {
  it.each([
    ['before', 'two minutes', { downFor: 2 * minutes, offset: 1 }],
    ['after', 'two minutes', { downFor: 2 * minutes, offset: 3 }],
    ['after', 'three quarters of an hour', { downFor: 45 * minutes, offset: 5 }],
  ] as const)(
    'starts its deployment once though Forge is killed %s any of its calls, and away for %s',
    async (side, _, { downFor, offset }) => {
      const calls = await played({ downFor });
      expect(calls).toBeGreaterThan(30);

      for (const call of callsToDieAt(calls, offset)) await played({ end: { call, side }, downFor });
    },
    600_000,
  );

  it('whose owner is asked starts once, or not at all without an answer, wherever Forge is killed', async () => {
    for (let call = 1; call <= 24; call += 1) {
      const answers = call % 3 !== 0;
      await inScheduleWorld(async (world) => {
        const life = await world.start({ call, side: call % 2 === 0 ? 'before' : 'after' });
        const number = await world.scheduled(20 * minutes);
        putLive(world, 'v1.2.0');
        await world.pass(6 * minutes);
        if (life.isOver) await world.start();
        await world.pass(2 * minutes);
        const { ownerAsked } = await world.deployment(number);
        expect({ call, asked: ownerAsked?.changes }).toEqual({
          ...{ call, asked: ['eu-west-1 runs v1.2.0 now instead of v1.0.0.'] },
        });
        if (answers) await world.confirmed(number);
        await world.pass(20 * minutes);

        expect({ call, ended: (await world.ended(number)).phase.kind }).toEqual({
          ...{ call, ended: answers ? 'succeeded' : 'expired' },
        });
        expect(await world.startedTimes(number)).toBe(answers ? 1 : 0);
      });
    }
  }, 120_000);
});
