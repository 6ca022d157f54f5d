import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../../contracts/platform.ts';
import { type EcsWorld, releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

describe('a change that ECS carries out late', () => {
  let world: EcsWorld;
  beforeAll(async () => {
    world = await startEcsWorld({
      services: ['slow', 'silent'].map((name) => ({ name, kind: 'web', tasks: 1 })),
      visibleWithin: 6_000,
    });
  }, 60_000);
  afterAll(async () => {
    await world.close();
  });

  it('is not cut by an abort, so what is put back after it stays', async () => {
    const target = targetOf('slow');
    const before = await world.platform.live(target, options());
    const reason = new Error('Ana aborted the deployment');
    const abort = new AbortController();
    slowUpdate(2_500);

    const started = startNewest(world, 'slow', abort.signal);
    await sleep(700);
    abort.abort(reason);
    await expect(started).rejects.toBe(reason);
    await world.platform.restore(target, { on: 'only', revision: before.revision }, options());
    const health = await settled(world.platform, target, before.revision);

    expect(health.kind).toBe('healthy');
    await sleep(3_000);
    expect(await world.platform.live(target, options())).toEqual(before);
  }, 30_000);

  it('keeps what is put back from being called healthy, and is told when it comes, so that it can be put back again', async () => {
    const target = targetOf('silent');
    const before = await world.platform.live(target, options());
    const abort = new AbortController();
    // Longer than the SDK waits for an answer.
    slowUpdate(7_500);

    const started = startNewest(world, 'silent', abort.signal);
    await sleep(700);
    abort.abort();
    await expect(started).rejects.toBe(abort.signal.reason);
    await world.platform.restore(target, { on: 'only', revision: before.revision }, options());
    const first = await settled(world.platform, target, before.revision);
    await world.platform.restore(target, { on: 'only', revision: before.revision }, options());
    const second = await settled(world.platform, target, before.revision);

    expect(first).toMatchObject({ kind: 'failed', reason: expect.stringContaining('came late') });
    expect(second.kind).toBe('healthy');
    expect(await world.platform.live(target, options())).toEqual(before);
  }, 60_000);

  function slowUpdate(ms: number): void {
    world.faults.set([{ service: 'ecs', operation: 'UpdateService', nth: 1, times: 1, kind: 'slow', ms }]);
  }
});

function startNewest(world: EcsWorld, service: string, signal: AbortSignal): Promise<{ revision: string }> {
  const release = releaseOf(service, 'v1.1.0');
  return world.platform.start(targetOf(service), { on: 'only', release }, { signal });
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
