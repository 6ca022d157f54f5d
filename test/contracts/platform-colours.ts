import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Colour, Release, Target } from '../../src/domain/release.ts';
import { splitTo } from '../../src/domain/traffic.ts';
import { type Platform, PlatformRefused } from '../../src/ports/platform.ts';
import { eventually } from '../eventually.ts';
import { settled } from './platform.ts';

/** A platform with services in colours on it, for the contract. */
export type ColouredPlatformWorld = {
  platform: Platform;
  /** A target no other test uses: `v1.0.0` on blue with 2 tasks, green has none and takes nothing. */
  freshTarget(): Target;
  /** `v1.1.0` works; `v1.2.0-crash` does not start. */
  release(target: Target, version: 'v1.0.0' | 'v1.1.0' | 'v1.2.0-crash'): Release;
  close(): Promise<void>;
};

/** What every platform must do for a target in colours. */
export function colouredPlatformContract(
  name: string,
  createWorld: () => Promise<ColouredPlatformWorld>,
): void {
  describe(`${name}, of a target in colours,`, () => {
    let world: ColouredPlatformWorld;
    beforeAll(async () => {
      world = await createWorld();
    }, 60_000);
    afterAll(async () => {
      await world.close();
    });

    it.concurrent('says which colour serves, with how many tasks, and what the other one has', async () => {
      const target = world.freshTarget();

      const live = await world.platform.live(target, options());

      const { version, commit, digests } = world.release(target, 'v1.0.0');
      expect(live).toMatchObject({
        ...{ place: 'blue', version, commit, digest: digests[target.region], desired: 2 },
        idle: { place: 'green', version, desired: 0, healthy: 0 },
      });
    });

    it.concurrent('starts a release on the idle colour with as many tasks as the live one, and no traffic', async () => {
      const target = world.freshTarget();
      const release = world.release(target, 'v1.1.0');
      const before = await world.platform.live(target, options());

      const { revision } = await start(world, target, { on: 'green', release });
      const health = await settled(world.platform, target, revision, 'green');

      const digest = release.digests[target.region] ?? '';
      const images = await world.platform.runningImages(target, { on: 'green', digest }, options());
      const live = await world.platform.live(target, options());
      expect(health).toMatchObject({ kind: 'healthy', running: 2 });
      expect(images).toEqual({ kind: 'matching', tasks: 2 });
      expect(live).toMatchObject({ place: 'blue', revision: before.revision, version: 'v1.0.0' });
      expect(live.idle).toEqual({
        ...{ place: 'green', revision, version: 'v1.1.0', digest },
        ...{ desired: 2, healthy: 2 },
      });
    });

    it.concurrent('starts the same release as the same revision, however often it is asked', async () => {
      const target = world.freshTarget();
      const release = world.release(target, 'v1.1.0');

      const first = await start(world, target, { on: 'green', release });
      const second = await start(world, target, { on: 'green', release });
      await settled(world.platform, target, first.revision, 'green');
      const third = await start(world, target, { on: 'green', release });

      expect([second, third]).toEqual([first, first]);
      expect(await world.platform.tasks(target, 'green', options())).toMatchObject({
        desired: 2,
        running: 2,
      });
    });

    it.concurrent('starts nothing on the colour that takes the traffic', async () => {
      const target = world.freshTarget();

      const started = start(world, target, { on: 'blue', release: world.release(target, 'v1.1.0') });

      await expect(started).rejects.toThrow(/takes traffic/);
      await expect(started).rejects.toBeInstanceOf(PlatformRefused);
    });

    it.concurrent('leaves the live colour as it is when a release does not start on the other', async () => {
      const target = world.freshTarget();
      const before = await world.platform.live(target, options());

      const release = world.release(target, 'v1.2.0-crash');
      const { revision } = await start(world, target, { on: 'green', release });
      const health = await settled(world.platform, target, revision, 'green');

      expect(health).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/\w{3}/) });
      const traffic = await world.platform.traffic(target, options());
      expect(traffic.split).toEqual({ blue: 100, green: 0 });
      expect(traffic.targets.blue).toEqual({ healthy: 2, registered: 2 });
      expect((await world.platform.live(target, options())).revision).toBe(before.revision);
    });

    it.concurrent('moves the traffic of every rule, in steps, until the other colour is live', async () => {
      const target = world.freshTarget();
      const { revision } = await startHealthy(world, target);

      await world.platform.setTraffic(target, splitTo('green', 10), options());
      await world.platform.setTraffic(target, splitTo('green', 10), options());
      const some = await world.platform.traffic(target, options());
      const asked = world.platform.live(target, options());
      await expect(asked).rejects.toThrow(/split/);
      await world.platform.setTraffic(target, splitTo('green', 100), options());
      const all = await world.platform.traffic(target, options());

      expect(some.split).toEqual({ blue: 90, green: 10 });
      expect(some.rules.map(({ split }) => split)).toEqual([some.split, some.split]);
      expect(some.targets).toEqual({
        blue: { healthy: 2, registered: 2 },
        green: { healthy: 2, registered: 2 },
      });
      expect(all.split).toEqual({ blue: 0, green: 100 });
      expect(await world.platform.live(target, options())).toMatchObject({
        ...{ place: 'green', revision, version: 'v1.1.0', desired: 2 },
        idle: { place: 'blue', version: 'v1.0.0', desired: 2, healthy: 2 },
      });
    });

    it.concurrent('scales a colour to nothing, and back when its revision is restored with its tasks', async () => {
      const target = world.freshTarget();
      const { revision } = await startHealthy(world, target);

      await world.platform.autoscaling(target, { on: 'green', mode: 'off' }, options());
      await world.platform.scale(target, { on: 'green', desired: 0 }, options());
      await world.platform.scale(target, { on: 'green', desired: 0 }, options());
      await eventually(async () => {
        const { running } = await world.platform.tasks(target, 'green', options());
        return running === 0;
      });
      const idle = await world.platform.traffic(target, options());
      const wish = { on: 'green', revision, desired: 2 } as const;
      const restored = await world.platform.restore(target, wish, options());
      const health = await settled(world.platform, target, revision, 'green');

      expect(idle.targets.green).toMatchObject({ healthy: 0 });
      expect(restored).toEqual({ revision });
      expect(health).toMatchObject({ kind: 'healthy', running: 2 });
    });

    it.concurrent('restores a revision without taking tasks away', async () => {
      const target = world.freshTarget();
      const { revision } = await world.platform.live(target, options());

      const wish = { on: 'blue', revision, desired: 1 } as const;
      await world.platform.restore(target, wish, options());

      expect(await world.platform.tasks(target, 'blue', options())).toMatchObject({ desired: 2 });
    });

    it.concurrent('tells a revision that somebody else replaced on its colour', async () => {
      const target = world.freshTarget();
      const { idle } = await world.platform.live(target, options());
      await startHealthy(world, target);

      const health = await world.platform.health(
        target,
        { on: 'green', revision: idle?.revision ?? '' },
        options(),
      );

      expect(health).toMatchObject({ kind: 'replaced', reason: expect.stringContaining('Somebody else') });
    });
  });
}

/** Starts `v1.1.0` on green and waits until it is healthy there. */
async function startHealthy(world: ColouredPlatformWorld, target: Target): Promise<{ revision: string }> {
  const started = await start(world, target, { on: 'green', release: world.release(target, 'v1.1.0') });
  const health = await settled(world.platform, target, started.revision, 'green');
  expect(health.kind).toBe('healthy');
  return started;
}

function start(
  world: ColouredPlatformWorld,
  target: Target,
  request: { on: Colour; release: Release },
): Promise<{ revision: string }> {
  return world.platform.start(target, request, options());
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
