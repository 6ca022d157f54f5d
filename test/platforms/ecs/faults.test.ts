import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/faults.ts';
import { PlatformUnavailable } from '../../../src/ports/platform.ts';
import { type EcsWorld, releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

describe('when AWS misbehaves', () => {
  let world: EcsWorld;
  const target = targetOf('api');
  beforeAll(async () => {
    world = await startEcsWorld({ services: [{ name: 'api', kind: 'web', tasks: 1 }] });
  }, 60_000);
  afterEach(() => world.faults.set([]));
  afterAll(async () => {
    await world.close();
  });

  it.each([
    ['throttle', /throttles Forge/],
    ['error', /a fault of its own/],
    ['cut-before', /cannot be reached|cut off/],
    ['cut-after', /cannot be reached|cut off/],
  ] as const)('a lasting “%s” is unavailability', async (kind, words) => {
    world.faults.set([fault('DescribeServices', kind, 100)]);

    const live = world.platform.live(target, options());

    await expect(live).rejects.toBeInstanceOf(PlatformUnavailable);
    await expect(live).rejects.toThrow(words);
  });

  it.each(['throttle', 'error', 'cut-before', 'cut-after'] as const)(
    'a passing “%s” is not noticed',
    async (kind) => {
      world.faults.set([fault('DescribeServices', kind, 1)]);

      const live = await world.platform.live(target, options());

      expect(live.version).toBe('v1.0.0');
    },
  );

  it('an abort ends a call at once, also between two attempts of the SDK', async () => {
    const abort = new AbortController();
    const reason = new Error('Ana aborted the deployment');
    world.faults.set([fault('UpdateService', 'throttle', 100)]);
    const release = releaseOf('api', 'v1.1.0');

    const started = world.platform.start(target, { on: 'only', release }, { signal: abort.signal });
    await until(() => world.operations.includes('UpdateService'));
    abort.abort(reason);

    await expect(started).rejects.toBe(reason);
  });

  it('an aborted call sends nothing more', async () => {
    const abort = new AbortController();
    world.faults.set([fault('UpdateService', 'throttle', 100)]);
    world.operations.length = 0;
    const release = releaseOf('api', 'v1.1.0');
    const started = world.platform.start(target, { on: 'only', release }, { signal: abort.signal });
    await until(() => world.operations.includes('UpdateService'));
    abort.abort();
    await started.catch(() => undefined);
    const sent = world.operations.length;

    await new Promise((resolve) => setTimeout(resolve, 2_500));

    expect(world.operations.length).toBe(sent);
  });

  it('a revision whose registration was not answered is found by the next try, not made again', async () => {
    world.faults.set([fault('RegisterTaskDefinition', 'cut-after', 1)]);
    const release = releaseOf('api', 'v1.2.2-unhealthy');
    world.operations.length = 0;

    const lost = world.platform.start(target, { on: 'only', release }, options());
    await expect(lost).rejects.toBeInstanceOf(PlatformUnavailable);
    await world.platform.start(target, { on: 'only', release }, options());

    expect(world.operations.filter((operation) => operation === 'RegisterTaskDefinition')).toHaveLength(1);
  });
});

function fault(operation: string, kind: Fault['kind'], times: number): Fault {
  return { service: 'ecs', operation, nth: 1, times, kind, ms: 0 };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
