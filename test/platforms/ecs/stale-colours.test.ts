import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/faults.ts';
import { settled } from '../../contracts/platform.ts';
import { type EcsWorld, releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

describe('a colour that ECS still describes as it was before', () => {
  let world: EcsWorld;
  beforeAll(async () => {
    world = await startEcsWorld({
      running: 'in-process',
      coloured: ['scaled-up', 'restarted', 'started', 'unclear'].map((name) => ({ name, tasks: 1 })),
      timing: { staleReads: { minMs: 1_000, maxMs: 1_000 } },
      visibleWithin: 10_000,
    });
  }, 60_000);
  afterAll(async () => {
    world.faults.set([]);
    await world.close();
  });

  it('is being scaled up, not at fault for having no task', async () => {
    const target = targetOf('scaled-up');
    const { revision, health } = await scaledUp('scaled-up');

    expect(health).toMatchObject({ kind: 'starting', note: 'ECS is taking the change up' });
    expect(await settled(world.platform, target, revision, 'green')).toMatchObject({ running: 2 });
  });

  it('is not at fault either for a process that has just begun', async () => {
    const { revision } = await scaledUp('restarted');

    const request = { on: 'green', revision } as const;
    const health = await world.anotherPlatform().health(targetOf('restarted'), request, options());

    expect(health).toMatchObject({ kind: 'starting', note: 'ECS is taking the change up' });
  });

  it('starts one rollout, however often it is told to', async () => {
    const target = targetOf('started');
    const request = { on: 'green', release: releaseOf('started', 'v1.1.0') } as const;

    const first = await world.platform.start(target, request, options());
    const second = await world.platform.start(target, request, options());
    const health = await settled(world.platform, target, first.revision, 'green');

    expect(second).toEqual(first);
    expect(health).toMatchObject({ kind: 'healthy', running: 1 });
  });

  it('counts as healthy only when a scaling that was not answered cannot arrive any more', async () => {
    const target = targetOf('unclear');
    let now = Date.now();
    const platform = world.anotherPlatform({ now: () => now });
    world.faults.set([cut('UpdateService')]);
    await platform.scale(target, { on: 'green', desired: 0 }, options());
    const live = await platform.live(target, options());
    const revision = live.idle?.revision ?? '';
    await platform.restore(target, { on: 'green', revision, desired: 1 }, options());
    await settled(world.platform, target, revision, 'green');

    const held = await platform.health(target, { on: 'green', revision }, options());
    now += 10_000;
    const healthy = await platform.health(target, { on: 'green', revision }, options());

    expect(held).toMatchObject({ kind: 'starting', note: expect.stringContaining('an earlier change') });
    expect(healthy.kind).toBe('healthy');
  });

  /** Wants two tasks of what green carries, and what is there already on blue. */
  async function scaledUp(name: string) {
    const target = targetOf(name);
    const { idle, revision } = await world.platform.live(target, options());
    const request = { on: 'green', revision: idle?.revision ?? '' } as const;
    await world.platform.restore(target, { ...request, desired: 2 }, options());
    await world.platform.restore(target, { on: 'blue', revision }, options());
    const health = await world.platform.health(target, request, options());
    return { revision: request.revision, health };
  }
});

function cut(operation: string): Fault {
  return { service: 'ecs', operation, nth: 1, times: 1, kind: 'cut-after', ms: 0 };
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
