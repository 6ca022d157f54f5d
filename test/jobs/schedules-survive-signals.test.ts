import { describe, expect, it } from 'vitest';
import { minutes } from './approval-world.ts';
import { inScheduleWorld, type ScheduleWorld } from './schedule-world.ts';

const seconds = 1_000;
const hours = 60 * minutes;
const away = 20 * minutes;
/** So rarely that it never happens here. */
const never = 1_000 * hours;

/** Both drivers on; `pollMs`: how soon the jobs see what nobody rang for. */
async function inDrivenWorld(
  play: (world: ScheduleWorld) => Promise<void>,
  { pollMs = minutes } = {},
): Promise<void> {
  await inScheduleWorld(async (world) => {
    await world.start(undefined, { drivers: 'both', pollMs });
    await play(world);
    expect(world.reports).toEqual([]);
  });
}

async function startsOnce(world: ScheduleWorld, number: number): Promise<void> {
  const { startAt = 0 } = await world.deployment(number);
  await world.pass(startAt - world.clock.now());
  expect((await world.ended(number)).phase.kind).toBe('succeeded');
  await world.pass(15 * minutes);
  expect(await world.startedTimes(number)).toBe(1);
  expect(world.platform.changes).toHaveLength(1);
}

/** Its clock was an hour slow when the run last looked at it, and is right again: the timer ends an hour late. */
async function withLateTimer(world: ScheduleWorld): Promise<number> {
  const number = await world.scheduled(2 * hours);
  await world.pass(minutes);
  world.clock.jump(-hours);
  await world.reschedule(number, world.clock.now() + 2 * hours);
  await world.pass(minutes);
  world.clock.jump(hours);
  return number;
}

const occurrenceAt = (at: number) => ({ name: 'deployment/1', at, payload: { deployment: 1 } });
const pending = ({ driver }: ScheduleWorld) => [...driver.pending.values()];

describe('a schedule with the outside driver', () => {
  it('is told to it when it is saved and when it is changed, and taken away when it began', async () => {
    await inDrivenWorld(async (world) => {
      const number = await world.scheduled(away);
      const { startAt = 0 } = await world.deployment(number);
      await world.pass(minutes);
      expect(pending(world)).toEqual([occurrenceAt(startAt)]);

      await world.reschedule(number, world.clock.now() + 10 * minutes);
      const { startAt: later = 0 } = await world.deployment(number);
      await world.pass(minutes);
      expect(pending(world)).toEqual([occurrenceAt(later)]);

      await startsOnce(world, number);
      expect(pending(world)).toEqual([]);
    });
  });

  it('is taken away when it is cancelled', async () => {
    await inDrivenWorld(async (world) => {
      const number = await world.scheduled(away);
      await world.pass(minutes);

      await world.abort(number);
      await world.pass(minutes);

      expect(pending(world)).toEqual([]);
      expect((await world.phase(number)).kind).toBe('aborted');
    });
  });

  it('does not start when it was cancelled while Forge was away, though its signal comes', async () => {
    await inDrivenWorld(async (world) => {
      const number = await world.scheduled(away);
      await world.pass(minutes);
      world.crash();
      await world.abort(number);
      await world.pass(away);

      await world.start(undefined, { drivers: 'both' });
      await world.pass(hours);

      expect((await world.phase(number)).kind).toBe('aborted');
      expect(await world.startedTimes(number)).toBe(0);
    });
  });

  it('starts once, though the driver tells it twice, and early, and late', async () => {
    await inDrivenWorld(async (world) => {
      const number = await world.scheduled(away);
      const { startAt: at = 0 } = await world.deployment(number);
      world.driver.tell(occurrenceAt(at));
      await world.pass(minutes);
      expect(await world.startedTimes(number)).toBe(0);

      await world.pass(away);
      for (const time of [at, at + 1, at + minutes]) world.driver.tell(occurrenceAt(time));

      await startsOnce(world, number);
    });
  });

  it('starts at its time by the driver alone, where Forge’s own timer ends too late', async () => {
    await inDrivenWorld(
      async (world) => {
        const number = await withLateTimer(world);
        const { startAt = 0 } = await world.deployment(number);

        await world.pass(startAt - world.clock.now() + seconds);

        const { startedAt = 0 } = await world.deployment(number);
        expect(startedAt - startAt).toBeGreaterThanOrEqual(0);
        expect(startedAt - startAt).toBeLessThan(seconds);
        await startsOnce(world, number);
      },
      { pollMs: never },
    );
  });

  it('whose signal is lost is woken by the tick, where Forge’s own timer ends too late', async () => {
    await inDrivenWorld(
      async (world) => {
        world.driver.lose();
        const number = await withLateTimer(world);
        const { startAt = 0 } = await world.deployment(number);

        await world.pass(startAt - world.clock.now() + 2 * minutes);

        const { startedAt = 0 } = await world.deployment(number);
        expect(startedAt - startAt).toBeGreaterThan(0);
        expect(startedAt - startAt).toBeLessThan(2 * minutes);
        await startsOnce(world, number);
      },
      { pollMs: never },
    );
  });

  it('goes by Forge’s own clock where its signal is lost', async () => {
    await inDrivenWorld(async (world) => {
      world.driver.lose();

      await startsOnce(world, await world.scheduled(away));
    });
  });

  it.each(['unavailable', 'unavailable-after', 'refused'] as const)(
    'goes by Forge’s own clock where the driver is %s, and says so in the log',
    async (fault) => {
      await inDrivenWorld(async (world) => {
        for (const method of ['set', 'delete', 'receive', 'done'] as const) world.driver.break(method, fault);

        await startsOnce(world, await world.scheduled(away));

        expect(world.told).toContainEqual(expect.stringContaining('Forge goes by its own clock'));
      });
    },
  );

  it('is known to a driver again that was away', async () => {
    await inDrivenWorld(async (world) => {
      world.driver.break('set', 'unavailable');
      const number = await world.scheduled(away);
      await world.pass(minutes);
      expect(pending(world)).toEqual([]);

      world.driver.mend();
      await world.pass(minutes);

      expect(pending(world)).toHaveLength(1);
      await startsOnce(world, number);
    });
  });

  it('of something this Forge does not know is left out, and the others ring', async () => {
    await inDrivenWorld(
      async (world) => {
        const number = await withLateTimer(world);
        const { startAt = 0 } = await world.deployment(number);
        world.driver.tell({ name: 'unknown', at: 0, payload: { rocket: 1 } });
        world.driver.tell({ name: 'deployment/99', at: 0, payload: { deployment: 99 } });

        await world.pass(startAt - world.clock.now() + seconds);

        expect(world.told).toContainEqual(expect.stringContaining('does not know'));
        await startsOnce(world, number);
      },
      { pollMs: never },
    );
  });
});
