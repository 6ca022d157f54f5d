import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../../contracts/platform.ts';
import { type EcsWorld, releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

describe('while ECS still describes a service as it was before an update', () => {
  let world: EcsWorld;
  beforeAll(async () => {
    world = await startEcsWorld({
      services: ['looked-at', 'started-twice', 'taken-back'].map((name) => ({ name, kind: 'web', tasks: 1 })),
      timing: { staleReads: { minMs: 1_500, maxMs: 1_500 } },
      visibleWithin: 10_000,
    });
  }, 60_000);
  afterAll(async () => {
    await world.close();
  });

  it('a look says that the change is on its way, not that somebody else changed the service', async () => {
    const target = targetOf('looked-at');
    const { revision } = await startNewest(world, 'looked-at');

    const health = await world.platform.health(target, { on: 'only', revision }, options());
    const later = await settled(world.platform, target, revision);

    expect(health).toEqual({ kind: 'starting', healthy: 0, of: 1, note: 'ECS is taking the change up' });
    expect(later.kind).toBe('healthy');
  });

  it('a process that has just begun does not blame anybody either', async () => {
    const target = targetOf('looked-at');
    const restarted = world.anotherPlatform();

    const health = await restarted.health(target, { on: 'only', revision: 'arn:unseen/api:9' }, options());

    expect(health.kind).toBe('starting');
  });

  it('starting again does not update the service again', async () => {
    world.operations.length = 0;

    const first = await startNewest(world, 'started-twice');
    const second = await startNewest(world, 'started-twice');

    expect(second).toEqual(first);
    expect(world.operations.filter((operation) => operation === 'UpdateService')).toHaveLength(1);
  });

  it('putting back is sent though the revision seems to be wanted already', async () => {
    const target = targetOf('taken-back');
    const before = await world.platform.live(target, options());
    const { revision } = await startNewest(world, 'taken-back');

    await world.platform.restore(target, { on: 'only', revision: before.revision }, options());
    const health = await settled(world.platform, target, before.revision);

    const taken = await world.platform.health(target, { on: 'only', revision }, options());
    expect(health.kind).toBe('healthy');
    expect(taken.kind).toBe('replaced');
  });
});

function startNewest(world: EcsWorld, service: string): Promise<{ revision: string }> {
  return world.platform.start(
    targetOf(service),
    { on: 'only', release: releaseOf(service, 'v1.1.0') },
    options(),
  );
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
