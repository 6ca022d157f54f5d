import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LATE } from '../../src/domain/schedule.ts';
import { minutes } from './approval-world.ts';
import { inScheduleWorld, patientPolicy, type ScheduleWorld } from './schedule-world.ts';

/** `SCHEDULES=2000 SEED=7` plays so many, the same ones each time; `SHRINK=1` looks for the shortest that fails. */
const runs = Number(process.env.SCHEDULES ?? 30);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

const hours = 60 * minutes;

type Act =
  | { kind: 'time'; passes: number }
  | { kind: 'clock'; by: number }
  | { kind: 'death'; calls: number }
  | { kind: 'away'; downFor: number }
  | { kind: 'signals'; are: 'lost' | 'right' | 'refused' }
  | { kind: 'signal'; late: number }
  | { kind: 'other time'; after: number };

const acts = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('time' as const),
        passes: fc.constantFrom(1, 500, 20_000, minutes, 4 * minutes, 14 * minutes, 30 * minutes),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('clock' as const),
        by: fc.constantFrom(hours, hours, -hours, -hours, 9 * minutes, -9 * minutes),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('death' as const), calls: fc.integer({ min: 1, max: 20 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('away' as const),
        downFor: fc.constantFrom(1_000, 5 * minutes, 30 * minutes),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('signals' as const),
        are: fc.constantFrom('lost' as const, 'right' as const, 'refused' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('signal' as const),
        late: fc.constantFrom(-hours, -minutes, 0, 1, minutes),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('other time' as const),
        after: fc.constantFrom(5 * minutes, 20 * minutes, 70 * minutes),
      }),
    },
  ),
  { minLength: 2, maxLength: 14 },
);

/** Lets time go on, with a process that begins anew after it died, and an owner who says yes as soon as they are asked. */
async function live(world: ScheduleWorld, number: number, milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= minutes) {
    await world.pass(Math.min(minutes, left));
    if (!world.lives()) await world.start(undefined, { drivers: 'both' });
    const { phase, ownerAsked } = await world.deployment(number);
    const isAsked = phase.kind === 'waiting' && phase.for === 'owner' && ownerAsked !== undefined;
    if (isAsked && world.clock.now() < ownerAsked.deadline) await world.confirmed(number);
  }
}

async function carryOut(act: Act, world: ScheduleWorld, number: number): Promise<void> {
  switch (act.kind) {
    case 'time':
      return live(world, number, act.passes);
    case 'clock':
      return world.clock.jump(act.by);
    case 'death':
      return world.die(act.calls);
    case 'away':
      world.crash();
      await world.pass(act.downFor);
      return;
    case 'signals':
      world.driver.mend();
      if (act.are === 'lost') world.driver.lose();
      if (act.are === 'refused')
        for (const method of ['set', 'receive', 'done'] as const) world.driver.break(method, 'refused');
      return;
    case 'signal': {
      const { startAt = 0 } = await world.deployment(number);
      world.driver.tell({ name: 'deployment/1', at: startAt + act.late, payload: { deployment: 1 } });
      return;
    }
    case 'other time': {
      const { startedAt, endedAt } = await world.deployment(number);
      if (startedAt !== undefined || endedAt !== undefined) return;
      await world.reschedule(number, world.clock.now() + act.after);
      return;
    }
  }
}

/** Everything about it that must not be, in words. */
async function wrongIn(world: ScheduleWorld, number: number): Promise<string[]> {
  const { phase, startAt = 0, startedAt } = await world.deployment(number);
  const starts = await world.startedTimes(number);
  const wrong = [...world.reports];
  if (starts > 1) wrong.push(`it started ${starts} times`);
  if (world.platform.changes.length !== starts) wrong.push(`${world.platform.changes.length} things changed`);
  if (startedAt !== undefined && startedAt < startAt)
    wrong.push(`it started ${startAt - startedAt} ms early`);
  const confirmed = await world.count(number, 'owner-confirmed');
  const asked = await world.count(number, 'owner-asked');
  if (startedAt !== undefined && startedAt > startAt + LATE && confirmed === 0) {
    wrong.push(`it started ${startedAt - startAt} ms late, and nobody was asked`);
  }
  if (phase.kind === 'succeeded' && starts === 1) return wrong;
  const isUnanswered = phase.kind === 'expired' && asked > confirmed;
  return isUnanswered
    ? wrong
    : [...wrong, `it is ${phase.kind} after ${starts} starts, asked ${asked} times`];
}

describe('a schedule that both drivers know, whatever happens in whatever order', () => {
  it(
    `starts once, not before its time, and never late unasked (${runs} runs, seed ${seed})`,
    async () => {
      console.info(`SCHEDULES=${runs} SEED=${seed}`);
      let started = 0;
      await fc.assert(
        fc.asyncProperty(acts, fc.integer({ min: 1, max: 45 }), (script, ahead) =>
          inScheduleWorld(async (world) => {
            await world.start(undefined, { drivers: 'both' });
            const number = await world.scheduled(ahead * minutes);
            for (const act of script) await carryOut(act, world, number);
            world.driver.mend();
            for (let part = 0; part < 40; part += 1) {
              const { endedAt } = await world.deployment(number);
              await live(world, number, 15 * minutes);
              if (endedAt !== undefined) break;
            }
            started += await world.startedTimes(number);

            expect(await wrongIn(world, number)).toEqual([]);
          }, patientPolicy),
        ),
        { numRuns: runs, seed, endOnFailure: process.env.SHRINK === undefined },
      );
      expect(started).toBeGreaterThan(runs / 2);
    },
    60_000 + runs * 5_000,
  );
});
