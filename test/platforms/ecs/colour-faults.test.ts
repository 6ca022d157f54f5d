import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/faults.ts';
import { type EcsWorld, releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

/** Every operation that a start on a colour changes or reads something with. */
const operations = [
  ['ecs', 'DescribeServices'],
  ['elasticloadbalancing', 'DescribeRules'],
  ['ecs', 'DescribeTaskDefinition'],
  ['application-autoscaling', 'DescribeScalableTargets'],
  ['application-autoscaling', 'RegisterScalableTarget'],
  ['ecs', 'UpdateService'],
] as const;
const kinds = ['throttle', 'error', 'cut-before', 'cut-after', 'error-after'] as const;
const cases = operations.flatMap(([service, operation]) =>
  kinds.map((kind) => ({ service, operation, kind, name: `${operation}-${kind}`.toLowerCase() })),
);

describe('a release is started once on its colour', () => {
  let world: EcsWorld;
  beforeAll(async () => {
    world = await startEcsWorld({
      running: 'in-process',
      coloured: [...cases.map(({ name }) => name), 'unanswered', 'refused'].map((name) => ({
        name,
        tasks: 1,
        scaling: { minCapacity: 1, maxCapacity: 4 },
      })),
    });
  }, 60_000);
  afterEach(() => world.faults.set([]));
  afterAll(async () => {
    await world.close();
  });

  it.each(cases)('though $operation meets “$kind” once', async ({ name, service, operation, kind }) => {
    const target = targetOf(name);
    const request = { on: 'green', release: releaseOf(name, 'v1.1.0') } as const;
    world.operations.length = 0;
    world.faults.set([fault(service, operation, kind)]);

    const { revision } = await world.platform.start(target, request, options());

    const { idle, place } = await world.platform.live(target, options());
    expect(place).toBe('blue');
    expect(idle).toMatchObject({ revision, version: 'v1.1.0', desired: 1 });
    expect(registrations()).toBe(1);
  });

  it('though the registration of its revision was not answered: the next call finds it', async () => {
    const target = targetOf('unanswered');
    const request = { on: 'green', release: releaseOf('unanswered', 'v1.1.0') } as const;
    world.operations.length = 0;
    world.faults.set([fault('ecs', 'RegisterTaskDefinition', 'cut-after')]);

    await expect(world.platform.start(target, request, options())).rejects.toThrow(/Could not register/);
    const { revision } = await world.platform.start(target, request, options());

    expect((await world.platform.live(target, options())).idle?.revision).toBe(revision);
    expect(registrations()).toBe(1);
  });

  it('only when its tasks can be kept: where auto scaling may not be changed nothing is started', async () => {
    const target = targetOf('refused');
    const refusal = { kind: 'refuse', error: 'AccessDeniedException' } as const;
    world.faults.set([
      { ...fault('application-autoscaling', 'RegisterScalableTarget', 'refuse'), ...refusal },
    ]);

    const started = world.platform.start(
      target,
      { on: 'green', release: releaseOf('refused', 'v1.1.0') },
      options(),
    );

    await expect(started).rejects.toThrow(
      /refuses to change the auto scaling of refused.*Allow Forge’s role/,
    );
    expect((await world.platform.live(target, options())).idle).toMatchObject({ desired: 0 });
  });

  function registrations(): number {
    return world.operations.filter((operation) => operation === 'RegisterTaskDefinition').length;
  }
});

function fault(service: string, operation: string, kind: Fault['kind']): Fault {
  return { service, operation, nth: 1, times: 1, kind, ms: 0 };
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
