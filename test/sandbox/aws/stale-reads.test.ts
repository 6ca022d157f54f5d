import { ListTasksCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshot } from '../../../sandbox/aws/snapshot.ts';
import { describeService, primaryOf, startAws, type TestAws, until } from './start-aws.ts';

const force = new UpdateServiceCommand({
  cluster: 'forge-staging',
  service: 'api',
  forceNewDeployment: true,
});

describe('reads that are eventually consistent', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ running: 'in-process' });
  });
  afterAll(() => world.stop());

  it('show the world as it was, and catch up', async () => {
    world.aws.change({ staleReads: { services: ['ecs'], age: { minMs: 600, maxMs: 600 } } });
    const before = await primaryId();

    const { service } = await world.ecs.send(force);

    expect(primaryOf(service ?? {}).id).not.toBe(before);
    expect(await primaryId()).toBe(before);
    await until(async () => (await primaryId()) !== before);
  });

  it('may go back to how it was before', async () => {
    world.aws.change({ seed: 3, staleReads: { services: ['ecs'], age: { minMs: 0, maxMs: 3_000 } } });
    const before = await primaryId();
    await world.ecs.send(force);
    const seen: boolean[] = [];

    await until(async () => {
      seen.push((await primaryId()) !== before);
      return seen.some((isNew, index) => isNew && seen.slice(index).includes(false));
    });

    expect(seen.slice(seen.indexOf(true))).toContain(false);
  });

  it('concern only the services they were set for', async () => {
    const old = { minMs: 60_000, maxMs: 60_000 };
    world.aws.change({ staleReads: { services: ['elasticloadbalancing'], age: old } });
    const before = await primaryId();

    await world.ecs.send(force);

    expect(await primaryId()).not.toBe(before);
  });

  it('still find what belongs together', async () => {
    world.aws.change({ staleReads: { services: ['ecs'], age: { minMs: 300, maxMs: 300 } } });

    const { taskArns } = await world.ecs.send(
      new ListTasksCommand({ cluster: 'forge-staging', serviceName: 'api' }),
    );

    expect(taskArns).not.toHaveLength(0);
  });

  it('end when they are switched off', async () => {
    world.aws.change({
      staleReads: { services: ['ecs', 'elasticloadbalancing'], age: { minMs: 60_000, maxMs: 60_000 } },
    });
    const before = await primaryId();
    await world.ecs.send(force);
    expect(await primaryId()).toBe(before);

    world.aws.change({ staleReads: { services: [] } });

    expect(await primaryId()).not.toBe(before);
    const [loadBalancer] = world.seed.loadBalancers;
    expect(loadBalancer).toBeDefined();
    await expect(world.elb.send(new DescribeRulesCommand({ RuleArns: ['none'] }))).rejects.toMatchObject({
      name: 'RuleNotFoundException',
    });
  });

  async function primaryId(): Promise<string | undefined> {
    return primaryOf(await describeService(world, 'api')).id;
  }
});

describe('a snapshot', () => {
  it('keeps what is the same thing the same', () => {
    const cluster = { name: 'one' };
    const copy = snapshot({ clusters: [cluster], service: { cluster } });

    expect(copy.service.cluster).toBe(copy.clusters[0]);
    expect(copy.service.cluster).not.toBe(cluster);
  });

  it('is not reached by later changes', () => {
    const world = { tags: new Map([['a', { at: new Date(5) }]]), list: [1] };
    const copy = snapshot(world);

    world.list.push(2);
    world.tags.get('a')?.at.setTime(9);

    expect(copy.list).toEqual([1]);
    expect(copy.tags.get('a')?.at.getTime()).toBe(5);
  });

  it('keeps functions and living things as they are', () => {
    class Living {}
    const thing = { living: new Living(), act: () => 1 };

    expect(snapshot(thing).living).toBe(thing.living);
    expect(snapshot(thing).act).toBe(thing.act);
  });
});
