import { DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type Service } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlatformRefused } from '../../../src/ports/platform.ts';
import { settled } from '../../contracts/platform.ts';
import { eventually } from '../../eventually.ts';
import { type EcsWorld, releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

const scaling = { minCapacity: 2, maxCapacity: 10 };

describe('a release on a colour of ECS', () => {
  let world: EcsWorld;
  beforeAll(async () => {
    world = await startEcsWorld({
      running: 'in-process',
      services: [{ name: 'plain', kind: 'web', tasks: 1 }],
      coloured: [
        { name: 'copied', tasks: 1 },
        { name: 'larger', tasks: 1, idleTasks: 3 },
        { name: 'scaled', tasks: 2, scaling },
        { name: 'crashed', tasks: 1 },
        { name: 'moved', tasks: 1, idleTasks: 1 },
      ],
    });
  }, 60_000);
  afterAll(async () => {
    await world.close();
  });

  it('is a copy of the live colour’s revision in the family of its own colour', async () => {
    const target = targetOf('copied');
    const release = releaseOf('copied', 'v1.1.0');
    const live = await world.platform.live(target, options());
    world.operations.length = 0;

    const first = await world.platform.start(target, { on: 'green', release }, options());
    const second = await world.anotherPlatform().start(target, { on: 'green', release }, options());

    const { ecs } = world.clients.in(target.region).ask;
    const read = async (taskDefinition: string) =>
      (await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition;
    const [old, made] = [await read(live.revision), await read(first.revision)];
    const image = `111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-web@${release.digests[target.region]}`;
    expect(second).toEqual(first);
    expect(made?.family).toBe('copied-green');
    expect(made?.containerDefinitions).toEqual([{ ...old?.containerDefinitions?.[0], image }]);
    expect(made?.taskRoleArn).toBe(old?.taskRoleArn);
    expect(world.operations.filter((operation) => operation === 'RegisterTaskDefinition')).toHaveLength(1);
  });

  it('has no fewer tasks than its colour has already', async () => {
    const target = targetOf('larger');

    const { revision } = await world.platform.start(
      target,
      { on: 'green', release: releaseOf('larger', 'v1.1.0') },
      options(),
    );

    expect(await settled(world.platform, target, revision, 'green')).toMatchObject({ running: 3 });
  });

  it('keeps both colours from being scaled in, and a mode is the same however often it is set', async () => {
    const target = targetOf('scaled');

    await world.platform.start(target, { on: 'green', release: releaseOf('scaled', 'v1.1.0') }, options());
    const kept = await scalableTargets(world, 'scaled');
    await world.platform.autoscaling(target, { on: 'green', mode: 'normal' }, options());
    await world.platform.autoscaling(target, { on: 'green', mode: 'normal' }, options());
    await world.platform.autoscaling(target, { on: 'blue', mode: 'off' }, options());
    const ended = await scalableTargets(world, 'scaled');

    expect(kept).toEqual({ 'scaled-blue': [true, false, false], 'scaled-green': [true, false, false] });
    expect(ended).toEqual({ 'scaled-blue': [true, true, true], 'scaled-green': [false, false, false] });
  });

  it('is tried again by a new deployment after it failed and was given up', async () => {
    const target = targetOf('crashed');
    const request = { on: 'green', release: releaseOf('crashed', 'v1.2.0-crash') } as const;
    const { revision } = await world.platform.start(target, request, options());
    const failed = await settled(world.platform, target, revision, 'green');
    await eventually(async () => (await describeGreen(world))?.deployments?.[0]?.rolloutState === 'FAILED');
    const before = await describeGreen(world);
    const stillFailed = await world.platform.start(target, request, options());
    const same = await describeGreen(world);
    await world.platform.scale(target, { on: 'green', desired: 0 }, options());

    const again = await world.platform.start(target, request, options());

    const after = await describeGreen(world);
    expect(failed.kind).toBe('failed');
    expect([stillFailed.revision, again.revision]).toEqual([revision, revision]);
    expect(primaryId(same)).toBe(primaryId(before));
    expect(primaryId(after)).not.toBe(primaryId(before));
    expect(after?.desiredCount).toBe(1);
  });

  it('is not started where somebody has moved traffic to meanwhile', async () => {
    const target = targetOf('moved');
    await world.platform.live(target, options());
    world.aws.weigh({ service: 'moved', environment: 'staging', blue: 90, green: 10 });

    const started = world.platform.start(
      target,
      { on: 'green', release: releaseOf('moved', 'v1.1.0') },
      options(),
    );

    await expect(started).rejects.toThrow(/green takes traffic by now/);
  });

  it('is refused for a service without colours, and a rolling one for a service in colours', async () => {
    const traffic = world.platform.traffic(targetOf('plain'), options());
    const release = releaseOf('copied', 'v1.1.0');
    const rolling = world.platform.start(targetOf('copied'), { on: 'only', release }, options());

    await expect(traffic).rejects.toThrow(/has no colours in forge\.yml/);
    await expect(rolling).rejects.toThrow(/two colours by now/);
    await expect(rolling).rejects.toBeInstanceOf(PlatformRefused);
  });
});

async function describeGreen(world: EcsWorld): Promise<Service | undefined> {
  const command = new DescribeServicesCommand({ cluster: 'test', services: ['crashed-green'] });
  return (await world.clients.in('us-east-1').ask.ecs.send(command)).services?.[0];
}

function primaryId(service: Service | undefined): string | undefined {
  return service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id;
}

/** Scale-in, scale-out and scheduled scaling: whether each is suspended. */
async function scalableTargets(world: EcsWorld, name: string): Promise<Record<string, unknown[]>> {
  const ResourceIds = [`service/test/${name}-blue`, `service/test/${name}-green`];
  const command = new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds });
  const { ScalableTargets = [] } = await world.clients.in('us-east-1').ask.autoScaling.send(command);
  return Object.fromEntries(
    ScalableTargets.map(({ ResourceId = '', SuspendedState: state, ...target }) => {
      expect(target).toMatchObject({ MinCapacity: 2, MaxCapacity: 10 });
      const suspended = [
        state?.DynamicScalingInSuspended,
        state?.DynamicScalingOutSuspended,
        state?.ScheduledScalingSuspended,
      ];
      return [ResourceId.split('/').at(-1), suspended];
    }),
  );
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
