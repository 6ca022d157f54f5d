import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/faults.ts';
import type { Platform } from '../../../src/ports/platform.ts';
import { PlatformUnavailable } from '../../../src/ports/platform.ts';
import { eventually } from '../../eventually.ts';
import { type EcsWorld, startEcsWorld, targetOf } from './ecs-world.ts';

const target = targetOf('web');
const some = { blue: 75, green: 25 };
const all = { blue: 100, green: 0 };

describe('the traffic of an ECS service in colours', () => {
  let world: EcsWorld;
  let platform: Platform;
  let now: number;
  beforeAll(async () => {
    world = await startEcsWorld({
      running: 'in-process',
      coloured: [{ name: 'web', tasks: 2, idleTasks: 1 }],
    });
  }, 60_000);
  beforeEach(() => {
    world.aws.weigh({ service: 'web', environment: 'staging', ...all });
    now = 1_000_000;
    platform = world.anotherPlatform({ now: () => now });
  });
  afterEach(() => world.faults.set([]));
  afterAll(async () => {
    await world.close();
  });

  it('is read by three calls side by side', async () => {
    const count = counting(world);

    const traffic = await platform.traffic(target, options());

    expect(traffic).toMatchObject({
      split: all,
      targets: { blue: { healthy: 2, registered: 2 }, green: { healthy: 1, registered: 1 } },
    });
    expect(count()).toEqual({ DescribeRules: 1, DescribeTargetHealth: 2 });
  });

  it('is moved by one write for each rule and no read when it was read just before', async () => {
    await platform.traffic(target, options());
    const count = counting(world);

    await platform.setTraffic(target, some, options());
    await platform.setTraffic(target, all, options());

    expect(count()).toEqual({ ModifyRule: 4 });
  });

  it('is read before it is moved by a process that has not seen the rules, or not lately', async () => {
    const count = counting(world);

    await platform.setTraffic(target, some, options());
    now += 30_000;
    await platform.setTraffic(target, all, options());

    expect(count()).toEqual({ DescribeRules: 2, ModifyRule: 4 });
    expect((await platform.traffic(target, options())).split).toEqual(all);
  });

  it('is read again before it is moved after a write that failed', async () => {
    await platform.traffic(target, options());
    world.faults.set([fault('ModifyRule', 'refuse', { error: 'TooManyActions' })]);
    await platform.setTraffic(target, some, options()).catch(() => undefined);
    const count = counting(world);

    await platform.setTraffic(target, some, options());

    expect(count()).toEqual({ DescribeRules: 1, ModifyRule: 2 });
  });

  it('has no common split while the rules disagree, and says how each of them is', async () => {
    world.faults.set([fault('ModifyRule', 'refuse', { nth: 2, error: 'OperationNotPermitted' })]);
    await platform.setTraffic(target, some, options()).catch(() => undefined);

    const traffic = await platform.traffic(target, options());

    expect(traffic.split).toBeUndefined();
    expect(traffic.rules.map(({ split }) => split)).toContainEqual(some);
    expect(traffic.rules.map(({ split }) => split)).toContainEqual(all);
  });

  it.each(['throttle', 'error', 'cut-before', 'cut-after', 'error-after'] as const)(
    'is moved though a write meets a passing “%s”',
    async (kind) => {
      world.faults.set([fault('ModifyRule', kind)]);

      await platform.setTraffic(target, some, options());

      expect((await platform.traffic(target, options())).split).toEqual(some);
    },
  );

  it('is moved by the other rules though one fails for good, and that is told when all have answered', async () => {
    await platform.traffic(target, options());
    world.faults.set([
      fault('ModifyRule', 'refuse', { error: 'TooManyActions' }),
      fault('ModifyRule', 'slow', { times: 2, ms: 500 }),
    ]);

    const moved = platform.setTraffic(target, some, options());

    await expect(moved).rejects.toThrow(/move the traffic of web in staging/);
    const { rules } = await platform.traffic(target, options());
    expect(rules.map(({ split }) => split)).toContainEqual(some);
  });

  it('is not known while AWS does not answer', async () => {
    world.faults.set([fault('DescribeTargetHealth', 'error', { times: 100 })]);

    await expect(platform.traffic(target, options())).rejects.toBeInstanceOf(PlatformUnavailable);
  });

  it('is moved to the end by what was sent before an abort', async () => {
    const abort = new AbortController();
    await platform.traffic(target, options());
    world.faults.set([fault('ModifyRule', 'slow', { times: 2, ms: 300 })]);

    const moved = platform.setTraffic(target, some, { signal: abort.signal });
    await eventually(() => world.faults.list().some(({ struck }) => struck === 2));
    abort.abort(new Error('Ana aborted the deployment'));
    await expect(moved).rejects.toThrow('Ana aborted');

    expect((await platform.traffic(target, options())).split).toEqual(some);
  });
});

/** Counts the calls to the load balancers from now on. */
function counting(world: EcsWorld): () => Record<string, number> {
  const watched = ['DescribeRules', 'DescribeTargetHealth', 'DescribeListeners', 'ModifyRule'];
  world.faults.set(watched.map((operation) => fault(operation, 'slow', { times: 1_000 })));
  return () =>
    Object.fromEntries(
      world.faults
        .list()
        .flatMap(({ fault: { operation }, calls }) => (calls > 0 ? [[operation, calls]] : [])),
    );
}

function fault(operation: string, kind: Fault['kind'], odd: Partial<Fault> = {}): Fault {
  return { service: 'elasticloadbalancing', operation, nth: 1, times: 1, kind, ms: 0, ...odd };
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
