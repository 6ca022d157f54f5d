import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../src/domain/release.ts';
import type { DeadManSwitch } from '../../src/ports/dead-man-switch.ts';

/** A switch over a target with two rules, for the contract. */
export type DeadManSwitchWorld = {
  deadMan: DeadManSwitch;
  target: Target;
  /** Takes away what one of the two rules has. */
  loseOne(): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
  close(): Promise<void>;
};

/** What every dead-man switch must do. */
export function deadManSwitchContract(name: string, createWorld: () => Promise<DeadManSwitchWorld>): void {
  describe(`${name} keeps the contract of a dead-man switch:`, () => {
    let world: DeadManSwitchWorld;
    beforeAll(async () => {
      world = await createWorld();
    }, 60_000);
    afterEach(() => world.deadMan.disarm(world.target, options));
    afterAll(() => world.close());

    it('is gone until it is armed', async () => {
      const before = await read();
      await arm();

      expect([before, await read()]).toEqual(['gone', 'armed']);
    });

    it('may be armed again', async () => {
      await arm();
      await arm();

      expect(await read()).toBe('armed');
    });

    it('is put off while it is there', async () => {
      await arm();

      expect([await extend(), await read()]).toEqual(['extended', 'armed']);
    });

    it('is not made by putting it off', async () => {
      expect([await extend(), await read()]).toEqual(['gone', 'gone']);
    });

    it('is not made whole by putting it off', async () => {
      await arm();
      await world.loseOne();

      const before = await read();

      expect([before, await extend(), await read()]).toEqual(['partly', 'gone', 'partly']);
    });

    it('is made whole by arming it again', async () => {
      await arm();
      await world.loseOne();
      await arm();

      expect(await read()).toBe('armed');
    });

    it('is taken away, and again without any effect', async () => {
      await arm();
      await world.deadMan.disarm(world.target, options);
      await world.deadMan.disarm(world.target, options);

      expect(await read()).toBe('gone');
    });

    it('is not brought back by putting it off after it was taken away', async () => {
      await arm();
      await world.deadMan.disarm(world.target, options);

      expect([await extend(), await read()]).toEqual(['gone', 'gone']);
    });

    const arm = () => world.deadMan.arm(world.target, inAnHour(), options);
    const extend = () => world.deadMan.extend(world.target, inAnHour(), options);
    const read = () => world.deadMan.read(world.target, options);
    const inAnHour = () => ({ to: 'blue' as const, at: world.now() + 3_600_000 });
  });
}

const options = { signal: new AbortController().signal };
