import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeRulesCommand, DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenerArn, targetGroupArn } from '../../../sandbox/aws/names.ts';
import { production } from '../../../sandbox/aws/seed-production.ts';
import { productionSeed } from './production.ts';
import { callScaling } from './scaling.ts';
import { publicUrl, startAws, type TestAws, until } from './start-aws.ts';

const place = { service: 'api', environment: 'production' };
const green = targetGroupArn(production, 'api-green');

describe('production of the sandbox', () => {
  let world: TestAws;
  let url: string;
  beforeAll(async () => {
    world = await startAws({
      seed: productionSeed(),
      running: 'in-process',
      // Time enough to see a drain.
      timing: { secondMs: 200 },
      accessKeyId: `AKIA${production.account}`,
    });
    url = await publicUrl(world);
  });
  afterAll(() => world.stop());

  it('has blue live with two tasks, and green without any', async () => {
    const [api] = await world.aws.services();

    expect(api).toMatchObject({
      environment: 'production',
      live: { version: 'v1.0.0', colour: 'blue' },
      weights: { blue: 100, green: 0 },
      tasks: [
        { colour: 'blue', state: 'healthy' },
        { colour: 'blue', state: 'healthy' },
      ],
    });
  });

  it('lets both colours be scaled from 2 to 10 tasks', async () => {
    const answer = await callScaling(world, 'DescribeScalableTargets', { ServiceNamespace: 'ecs' });

    expect(answer).toMatchObject({
      ScalableTargets: [
        { ResourceId: 'service/forge-production/api-blue', MinCapacity: 2, MaxCapacity: 10 },
        { ResourceId: 'service/forge-production/api-green', MinCapacity: 2, MaxCapacity: 10 },
      ],
    });
  });

  it('starts the idle colour at weight 0, where only the preview header reaches it', async () => {
    await scale(2);
    await until(async () => (await healthOf(green)).join() === 'healthy,healthy');

    expect(await versionAt('/version')).toBe('v1.0.0');
    expect(await versionAt('/version', 'preview-green')).toBe('v0.9.0');
    expect(await versionAt('/version', 'preview-blue')).toBe('v1.0.0');
    expect(await versionAt('/version', 'another-green')).toBe('v1.0.0');
    expect(await previewsIn(green)).toBe(1);
    const [api] = await world.aws.services();
    expect(api).toMatchObject({ weights: { blue: 100, green: 0 }, requests: 2, failures: 0 });
  });

  it('lets a foreign hand move the weights of both rules and no other', async () => {
    const moved = world.aws.weigh({ ...place, blue: 0, green: 100 });

    expect(moved).toMatchObject([
      { from: { blue: 100, green: 0 }, to: { blue: 0, green: 100 } },
      { from: { blue: 100, green: 0 }, to: { blue: 0, green: 100 } },
    ]);
    for (const path of ['/version', '/v2/version']) {
      await until(async () => (await versionAt(path)) === 'v0.9.0');
    }
    expect(await versionAt('/version', 'preview-blue')).toBe('v1.0.0');
    expect(await weightsShown()).toEqual([[1], [1], [0, 100], [0, 100], [1]]);
  });

  it('keeps probing a colour at weight 0, so its health is known', async () => {
    world.aws.weigh({ ...place, blue: 100, green: 0 });
    await until(async () => (await versionAt('/version')) === 'v1.0.0');

    expect(await healthOf(green)).toEqual(['healthy', 'healthy']);
  });

  it('finishes what is in flight when a colour is scaled to 0', async () => {
    const headers = { 'x-forge-preview': 'preview-green' };
    const slow = request(`${url}/echo`, { method: 'POST', headers });
    slow.write('begun before, ');
    const [response]: IncomingMessage[] = await once(slow, 'response');

    await scale(0);
    await until(async () => (await greenTasks()).every((state) => state === 'draining'));
    slow.end('ended while draining');

    expect(response === undefined ? '' : await text(response)).toBe('begun before, ended while draining');
    await until(async () => (await greenTasks()).length === 0);
    expect(await versionAt('/version')).toBe('v1.0.0');
  });

  it('answers 503 for a colour without tasks', async () => {
    const answer = await fetch(url, { headers: { 'x-forge-preview': 'preview-green' } });

    expect(answer.status).toBe(503);
  });

  it('has nothing to weigh on a service without colours', () => {
    expect(() => world.aws.weigh({ ...place, environment: 'staging', blue: 1, green: 0 })).toThrow(
      'There is no service api in staging.',
    );
  });

  async function scale(desiredCount: number): Promise<void> {
    const service = { cluster: 'forge-production', service: 'api-green' };
    await world.ecs.send(new UpdateServiceCommand({ ...service, desiredCount }));
  }

  async function healthOf(TargetGroupArn: string): Promise<(string | undefined)[]> {
    const answer = await world.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return (answer.TargetHealthDescriptions ?? []).map(({ TargetHealth }) => TargetHealth?.State);
  }

  /** As CloudWatch counts them, where previews are requests like all others. */
  async function previewsIn(group: string): Promise<number> {
    const { buckets } = await world.aws.readings(0);
    return buckets
      .filter(({ targetGroup, isPreview }) => targetGroup === group && isPreview)
      .reduce((sum, { requests }) => sum + requests, 0);
  }

  async function greenTasks(): Promise<string[]> {
    const [api] = await world.aws.services();
    return (api?.tasks ?? []).filter(({ colour }) => colour === 'green').map(({ state }) => state);
  }

  async function versionAt(path: string, preview?: string): Promise<string | null> {
    const headers = preview === undefined ? {} : { 'x-forge-preview': preview };
    return (await fetch(`${url}${path}`, { headers })).headers.get('x-version');
  }

  /** Of each rule of the listener, by priority. */
  async function weightsShown(): Promise<(number | undefined)[][]> {
    const ListenerArn = listenerArn({ ...production, loadBalancer: 'forge-production' });
    const { Rules } = await world.elb.send(new DescribeRulesCommand({ ListenerArn }));
    return (Rules ?? []).map(
      ({ Actions }) => Actions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight) ?? [],
    );
  }
});
