import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place, Release, Target } from '../../src/domain/release.ts';
import { type Health, type Platform, PlatformRefused } from '../../src/ports/platform.ts';

/** A platform with something on it, for the contract. */
export type PlatformWorld = {
  platform: Platform;
  /** A target no other test uses, with `v1.0.0` live on it. */
  freshTarget(): Target;
  /** A target the platform does not have. */
  missingTarget: Target;
  /** `v1.0.0` and `v1.1.0` work; `v1.2.0-crash` does not start. */
  release(target: Target, version: 'v1.0.0' | 'v1.1.0' | 'v1.2.0-crash'): Release;
  close(): Promise<void>;
};

/** What every platform must do. The rolling deployments behind it are real where the platform is. */
export function platformContract(name: string, createWorld: () => Promise<PlatformWorld>): void {
  describe(`${name} keeps the platform contract:`, () => {
    let world: PlatformWorld;
    beforeAll(async () => {
      world = await createWorld();
    }, 60_000);
    afterAll(async () => {
      await world.close();
    });

    it.concurrent('live says which release serves the target', async () => {
      const target = world.freshTarget();

      const live = await world.platform.live(target, options());

      const { version, commit, digests } = world.release(target, 'v1.0.0');
      expect(live).toMatchObject({ place: 'only', version, commit, digest: digests[target.region] });
    });

    it.concurrent('live refuses a target that does not exist', async () => {
      const asked = world.platform.live(world.missingTarget, options());

      await expect(asked).rejects.toBeInstanceOf(PlatformRefused);
    });

    it.concurrent('a started release becomes healthy, live and the only image that runs', async () => {
      const target = world.freshTarget();
      const release = world.release(target, 'v1.1.0');

      const { revision } = await start(world, target, release);
      const health = await settled(world.platform, target, revision);

      const digest = release.digests[target.region] ?? '';
      const images = await world.platform.runningImages(target, { on: 'only', digest }, options());
      expect(health.kind).toBe('healthy');
      expect(await world.platform.live(target, options())).toMatchObject({ revision, version: 'v1.1.0' });
      expect(images.kind).toBe('matching');
    });

    it.concurrent('a release started again is the same revision', async () => {
      const target = world.freshTarget();
      const release = world.release(target, 'v1.1.0');

      const first = await start(world, target, release);
      const second = await start(world, target, release);
      await settled(world.platform, target, first.revision);
      const third = await start(world, target, release);

      expect([second, third]).toEqual([first, first]);
    });

    it.concurrent('live refuses while a release is being started', async () => {
      const target = world.freshTarget();
      const { revision } = await start(world, target, world.release(target, 'v1.1.0'));
      await seen(world.platform, target, revision);

      const asked = world.platform.live(target, options());

      await expect(asked).rejects.toThrow(/being changed/);
    });

    it.concurrent('a release that cannot start fails with a reason, and the one before can be put back', async () => {
      const target = world.freshTarget();
      const before = await world.platform.live(target, options());

      const { revision } = await start(world, target, world.release(target, 'v1.2.0-crash'));
      const failed = await settled(world.platform, target, revision);
      await world.platform.restore(target, { on: 'only', revision: before.revision }, options());
      await world.platform.restore(target, { on: 'only', revision: before.revision }, options());
      const restored = await settled(world.platform, target, before.revision);

      expect(failed).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/\w{3}/) });
      expect(restored.kind).toBe('healthy');
      expect(await world.platform.live(target, options())).toEqual(before);
    });

    it.concurrent('a revision put back with the digest it ran is the one returned, the same each time', async () => {
      const target = world.freshTarget();
      const { revision, digest = '' } = await world.platform.live(target, options());

      const wish = { on: 'only', revision, digest } as const;
      const first = await world.platform.restore(target, wish, options());
      const second = await world.platform.restore(target, wish, options());
      const health = await settled(world.platform, target, first.revision);

      expect(second).toEqual(first);
      expect(health).toEqual({ kind: 'healthy', running: expect.any(Number), detail: expect.any(String) });
    });

    it.concurrent('a revision that somebody else has replaced is that, not failed and not healthy', async () => {
      const target = world.freshTarget();
      const before = await world.platform.live(target, options());
      const { revision } = await start(world, target, world.release(target, 'v1.1.0'));
      await settled(world.platform, target, revision);

      const health = await world.platform.health(
        target,
        { on: 'only', revision: before.revision },
        options(),
      );

      expect(health).toMatchObject({ kind: 'replaced', reason: expect.stringContaining('Somebody else') });
    });

    it.concurrent('a revision that does not exist is refused', async () => {
      const target = world.freshTarget();
      const { revision } = await world.platform.live(target, options());
      const unknown = revision.replace(/:\d+$/, ':4711');

      const restored = world.platform.restore(target, { on: 'only', revision: unknown }, options());

      await expect(restored).rejects.toThrow(/Deploy (that|a) release/);
      await expect(restored).rejects.toBeInstanceOf(PlatformRefused);
    });

    it.concurrent('another image than the one that runs is different', async () => {
      const target = world.freshTarget();
      const digest = world.release(target, 'v1.1.0').digests[target.region] ?? '';

      const images = await world.platform.runningImages(target, { on: 'only', digest }, options());

      expect(images).toMatchObject({ kind: 'different', reason: expect.stringContaining(digest) });
    });

    it.concurrent('an aborted call rejects with the reason of the abort', async () => {
      const target = world.freshTarget();
      const reason = new Error('Ana aborted the deployment');

      const live = world.platform.live(target, { signal: AbortSignal.abort(reason) });

      await expect(live).rejects.toBe(reason);
    });
  });
}

/** Looks until the revision is healthy or failed; the last look after 25 s. */
export async function settled(
  platform: Platform,
  target: Target,
  revision: string,
  on: Place = 'only',
): Promise<Health> {
  return lookUntil(platform, target, { on, revision }, (health) => health.kind !== 'starting');
}

/** Looks until the platform shows the change. */
async function seen(platform: Platform, target: Target, revision: string): Promise<Health> {
  return lookUntil(
    platform,
    target,
    { on: 'only', revision },
    (health) => health.kind !== 'starting' || health.note !== 'ECS is taking the change up',
  );
}

async function lookUntil(
  platform: Platform,
  target: Target,
  request: { on: Place; revision: string },
  isEnough: (health: Health) => boolean,
): Promise<Health> {
  const deadline = Date.now() + 25_000;
  for (;;) {
    const health = await platform.health(target, request, options());
    if (isEnough(health) || Date.now() > deadline) return health;
    await sleep(100);
  }
}

function start(world: PlatformWorld, target: Target, release: Release): Promise<{ revision: string }> {
  return world.platform.start(target, { on: 'only', release }, options());
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
