import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DueSignal, Occurrence, ScheduleDriver } from '../../src/ports/schedule-driver.ts';

/** A driver nobody else uses, for the contract. */
export type ScheduleDriverWorld = {
  driver: ScheduleDriver;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Lets time go on until `result` is there, for a world whose time stands still. */
  until<Result>(result: Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/** What every driver of schedules must do. */
export function scheduleDriverContract(name: string, createWorld: () => Promise<ScheduleDriverWorld>): void {
  describe(`${name} keeps the contract of a driver of schedules:`, () => {
    let world: ScheduleDriverWorld;
    beforeAll(async () => {
      world = await createWorld();
    });
    afterAll(() => world.close());

    it('tells that an occurrence is due, with its payload, and not before its time', async () => {
      const at = world.now() + 1_500;
      await set({
        name: 'nightly',
        at,
        payload: { schedule: 'S1', regions: ['eu-west-1', null], dry: false },
      });

      const [due] = await untilDue();

      expect(due).toMatchObject({ name: 'nightly', at });
      expect(due?.payload).toEqual({ schedule: 'S1', regions: ['eu-west-1', null], dry: false });
      expect(world.now()).toBeGreaterThanOrEqual(at);
      await due?.done(options);
    });

    it('has one occurrence though it was set twice, as it was set last', async () => {
      await set({ name: 'twice', at: soon(), payload: 'first' });
      await set({ name: 'twice', at: soon(), payload: 'second' });

      expect(await dueBefore('after twice')).toEqual([['twice', 'second']]);
    });

    it('puts an occurrence off', async () => {
      await set({ name: 'put off', at: soon(), payload: 1 });
      await set({ name: 'put off', at: world.now() + 3_600_000, payload: 1 });

      expect(await dueBefore('after put off')).toEqual([]);
    });

    it('tells it again until it is done, and then no more', async () => {
      await set({ name: 'again', at: soon(), payload: null });
      const [first] = await untilDue();
      const [second] = await untilDue();
      await second?.done(options);
      await second?.done(options);

      expect([first?.name, second?.name]).toEqual(['again', 'again']);
      expect(await dueBefore('after again')).toEqual([]);
    });

    it('never tells one that was deleted', async () => {
      await set({ name: 'deleted', at: soon(), payload: 0 });
      await world.driver.delete('deleted', options);
      await world.driver.delete('deleted', options);

      expect(await dueBefore('after deleted')).toEqual([]);
    });

    it('deletes one that never was', async () => {
      await expect(world.driver.delete('never set', options)).resolves.toBeUndefined();
    });

    it('tells one at once whose time is over', async () => {
      await set({ name: 'late', at: world.now() - 3_600_000, payload: 0 });

      const [due] = await untilDue();

      expect(due?.name).toBe('late');
      await due?.done(options);
    });

    it('keeps names apart, whatever they are made of', async () => {
      const names = ['schedule/S1/2/2027-03-14T02:30', 'schedule S1 – “Nächte”', `${'x'.repeat(399)}1`];
      const others = names.map((one) => `${one.slice(0, -1)}2`);
      for (const one of [...names, ...others]) await set({ name: one, at: soon(), payload: 0 });
      for (const one of others) await world.driver.delete(one, options);

      const due = await dueBefore('after names');

      expect(due.map(([one]) => one).toSorted()).toEqual(names.toSorted());
    });

    it('gives nothing when nothing comes', async () => {
      expect(await world.until(world.driver.receive(options))).toEqual([]);
    });

    it('stops to wait when it is told so, with the reason', async () => {
      const stop = new AbortController();
      const waiting = world.driver.receive({ signal: stop.signal });
      stop.abort(new Error('the end'));

      await expect(waiting).rejects.toThrow('the end');
    });

    const set = (occurrence: Occurrence) => world.driver.set(occurrence, options);
    const soon = () => world.now() + 500;

    async function untilDue(): Promise<readonly DueSignal[]> {
      for (;;) {
        const due = await world.until(world.driver.receive(options));
        if (due.length > 0) return due;
      }
    }

    /** What is told, and done, before an occurrence that is set now for later than `soon`. */
    async function dueBefore(marker: string): Promise<[string, unknown][]> {
      await set({ name: marker, at: world.now() + 1_900, payload: 0 });
      const told: [string, unknown][] = [];
      for (;;) {
        for (const due of await untilDue()) {
          await due.done(options);
          if (due.name === marker) return told;
          told.push([due.name, due.payload]);
        }
      }
    }
  });
}

const options = { signal: new AbortController().signal };
