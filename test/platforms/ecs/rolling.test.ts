import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlatformRefused } from '../../../src/ports/platform.ts';
import { settled } from '../../contracts/platform.ts';
import { type EcsWorld, releaseOf, startEcsWorld, targetOf } from './ecs-world.ts';

describe('a rolling deployment on ECS', () => {
  let world: EcsWorld;
  beforeAll(async () => {
    world = await startEcsWorld({
      services: [
        { name: 'once', kind: 'web', tasks: 1 },
        { name: 'settings', kind: 'web', tasks: 2 },
        { name: 'unhealthy', kind: 'web', tasks: 1 },
        { name: 'cut', kind: 'web', tasks: 1 },
        { name: 'tagged', kind: 'web', tasks: 1 },
        { name: 'worker', kind: 'worker', tasks: 2 },
        { name: 'sick-worker', kind: 'worker', tasks: 1 },
      ],
    });
  }, 60_000);
  afterAll(async () => {
    await world.close();
  });

  it('registers one revision and updates the service once, however often it is started', async () => {
    const target = targetOf('once');
    const release = releaseOf('once', 'v1.1.0');
    world.operations.length = 0;

    const first = await world.platform.start(target, { on: 'only', release }, options());
    const second = await world.platform.start(target, { on: 'only', release }, options());
    const third = await world.anotherPlatform().start(target, { on: 'only', release }, options());

    expect([second, third]).toEqual([first, first]);
    expect(changes(world)).toEqual(['RegisterTaskDefinition', 'UpdateService']);
  });

  it('uses the revision again that was registered for a release before', async () => {
    const target = targetOf('once');
    const { revision } = await world.platform.start(
      target,
      { on: 'only', release: releaseOf('once', 'v1.1.0') },
      options(),
    );
    const before = revision.replace(/:\d+$/, ':1');
    await world.platform.restore(target, { on: 'only', revision: before }, options());
    await settled(world.platform, target, before);
    world.operations.length = 0;

    const again = await world.platform.start(
      target,
      { on: 'only', release: releaseOf('once', 'v1.1.0') },
      options(),
    );

    expect(again.revision).toBe(revision);
    expect(changes(world)).toEqual(['UpdateService']);
  });

  it('changes only the image of the container, tells the release by tags and leaves the service’s settings', async () => {
    const target = targetOf('settings');
    const release = releaseOf('settings', 'v1.1.0');
    const { ecs } = world.clients.in(target.region).poll;
    const describeService = new DescribeServicesCommand({ cluster: 'test', services: ['settings'] });
    const before = (await ecs.send(describeService)).services?.[0];

    const { revision } = await world.platform.start(target, { on: 'only', release }, options());

    const old = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: before?.taskDefinition ?? '' }),
    );
    const { taskDefinition, tags } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: revision, include: ['TAGS'] }),
    );
    const after = (await ecs.send(describeService)).services?.[0];
    const image = `111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-web@${release.digests[target.region]}`;
    const [container] = old.taskDefinition?.containerDefinitions ?? [];
    expect(taskDefinition?.containerDefinitions).toEqual([{ ...container, image }]);
    expect(taskDefinition?.taskRoleArn).toBe(old.taskDefinition?.taskRoleArn);
    expect(tags).toEqual([
      { key: 'service', value: 'settings' },
      { key: 'forge_version', value: 'v1.1.0' },
      { key: 'git_sha', value: release.commit },
    ]);
    expect(after?.desiredCount).toBe(2);
    expect(after?.deploymentConfiguration).toEqual({
      ...before?.deploymentConfiguration,
      deploymentCircuitBreaker: {
        ...before?.deploymentConfiguration?.deploymentCircuitBreaker,
        enable: true,
        rollback: false,
      },
    });
  });

  it('fails with what the load balancer said when the release is unhealthy', async () => {
    const target = targetOf('unhealthy');
    const release = releaseOf('unhealthy', 'v1.2.2-unhealthy');

    const { revision } = await world.platform.start(target, { on: 'only', release }, options());
    const health = await settled(world.platform, target, revision);

    expect(health).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/failed.*health check/i) });
  });

  it('starts one rollout though the connection is cut after ECS has acted', async () => {
    const target = targetOf('cut');
    const cut = { nth: 1, times: 1, kind: 'cut-after', ms: 0 } as const;
    world.faults.set([{ service: 'ecs', operation: 'UpdateService', ...cut }]);

    const { revision } = await world.platform.start(
      target,
      { on: 'only', release: releaseOf('cut', 'v1.1.0') },
      options(),
    );
    world.faults.set([]);

    const answer = await world.clients
      .in(target.region)
      .poll.ecs.send(new DescribeServicesCommand({ cluster: 'test', services: ['cut'] }));
    const rollouts = answer.services?.[0]?.deployments?.map((deployment) => deployment.taskDefinition);
    expect(rollouts).toEqual([revision, revision.replace(/:\d+$/, ':1')]);
  });

  it('back to a revision that names its image by tag pins the image once, however often it is asked for', async () => {
    const target = targetOf('tagged');
    const { ecs } = world.clients.in(target.region).act;
    const before = await world.platform.live(target, options());
    const { taskDefinition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: before.revision }),
    );
    const [container] = taskDefinition?.containerDefinitions ?? [];
    const image = container?.image?.replace(/@.*$/, ':v1.0.0') ?? '';
    const tagged = await ecs.send(
      new RegisterTaskDefinitionCommand({
        ...taskDefinition,
        family: taskDefinition?.family,
        containerDefinitions: [{ ...container, image }],
      }),
    );
    const revision = tagged.taskDefinition?.taskDefinitionArn ?? '';
    await world.platform.restore(target, { on: 'only', revision }, options());
    await settled(world.platform, target, revision);
    const { digest = '' } = await world.platform.live(target, options());
    await world.platform.start(target, { on: 'only', release: releaseOf('tagged', 'v1.1.0') }, options());
    world.operations.length = 0;

    const first = await world.platform.restore(target, { on: 'only', revision, digest }, options());
    const second = await world.platform.restore(target, { on: 'only', revision, digest }, options());
    const third = await world.anotherPlatform().restore(target, { on: 'only', revision, digest }, options());
    const health = await settled(world.platform, target, first.revision);

    expect(first.revision).not.toBe(revision);
    expect([second, third]).toEqual([first, first]);
    expect(changes(world).filter((operation) => operation === 'RegisterTaskDefinition')).toHaveLength(1);
    expect(health.kind).toBe('healthy');
    expect(await world.platform.live(target, options())).toMatchObject({ version: 'v1.0.0', digest });
  });

  it('of a worker is healthy when every task is healthy by its container’s check', async () => {
    const target = targetOf('worker');
    const release = releaseOf('worker', 'v1.1.0', 'worker');

    const { revision } = await world.platform.start(target, { on: 'only', release }, options());
    const health = await settled(world.platform, target, revision);

    expect(health).toEqual({ kind: 'healthy', running: 2, detail: '2 tasks running and healthy' });
  });

  it('of a worker that says it is unhealthy fails', async () => {
    const target = targetOf('sick-worker');
    const release = releaseOf('sick-worker', 'v1.2.2-unhealthy', 'worker');

    const { revision } = await world.platform.start(target, { on: 'only', release }, options());
    const health = await settled(world.platform, target, revision);

    expect(health).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/health check/i) });
  });

  it('is refused when ECS has no such service', async () => {
    const policy = { ...world.policy, services: [...world.policy.services] };
    const [first] = policy.services;
    if (first !== undefined) {
      policy.services.push({
        ...first,
        name: 'ghost',
        runs: { staging: [{ region: 'us-east-1', cluster: 'test', service: 'ghost' }] },
      });
    }

    const live = world.anotherPlatform({ policy }).live(targetOf('ghost'), options());

    await expect(live).rejects.toThrow(/the cluster test has no service ghost/);
    await expect(live).rejects.toBeInstanceOf(PlatformRefused);
  });
});

function changes(world: EcsWorld): string[] {
  return world.operations.filter((operation) => /^(Register|Update)/.test(operation));
}

function options(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(20_000) };
}
