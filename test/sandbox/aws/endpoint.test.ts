import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeRulesCommand, DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, Fault as FaultSchema } from '../../../sandbox/faults.ts';
import { describeService, primaryOf, startAws, type TestAws, untilService } from './start-aws.ts';

const force = new UpdateServiceCommand({
  cluster: 'forge-staging',
  service: 'api',
  forceNewDeployment: true,
});
const describeApi = new DescribeServicesCommand({ cluster: 'forge-staging', services: ['api'] });

describe('the endpoint of AWS', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws();
  });
  afterEach(() => world.faults.set([]));
  afterAll(() => world.stop());

  it('refuses a request that nobody signed', async () => {
    const answer = await fetch(world.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DescribeServices' },
      body: '{}',
    });

    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationToken' });
  });

  it('leaves other requests to the other parts', async () => {
    const answer = await fetch(`${world.endpoint}/api/auth.test`, { method: 'POST' });

    expect(answer.status).toBe(404);
  });

  it('serves each region its own things on the same port', async () => {
    const west = new ECSClient({
      endpoint: world.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIA111111111111', secretAccessKey: 'any' },
    });

    await expect(west.send(describeApi)).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });

  it('takes an account from the access key, and the seed’s account without one', async () => {
    const command = new DescribeImagesCommand({ repositoryName: 'acme-api' });
    const other = ecrOf(world, 'AKIA222222222222');
    const plain = ecrOf(world, 'AKIAIOSFODNN7EXAMPLE');

    await expect(other.send(command)).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
    expect((await plain.send(command)).imageDetails).not.toHaveLength(0);
  });

  it('says which operations it does not know', async () => {
    const answer = await fetch(world.endpoint, {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/ecs/aws4_request, Signature=x',
        'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DeleteCluster',
      },
      body: '{}',
    });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });

  it('gives every answer a request id', async () => {
    const answer = await world.ecs.send(describeApi);

    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers an injected error with 500 and does nothing', async () => {
    const before = primaryOf(await describeService(world, 'api')).id;
    strike({ service: 'ecs', operation: 'UpdateService', kind: 'error' });

    await expect(world.ecs.send(force)).rejects.toMatchObject({
      name: 'ServerException',
      $metadata: { httpStatusCode: 500 },
    });

    expect(primaryOf(await describeService(world, 'api')).id).toBe(before);
  });

  it('throttles in the words of each protocol', async () => {
    strike({ service: 'ecs', operation: '*', kind: 'throttle' });
    await expect(world.ecs.send(describeApi)).rejects.toMatchObject({ name: 'ThrottlingException' });

    strike({ service: 'elasticloadbalancing', operation: 'DescribeTargetGroups', kind: 'throttle' });
    await expect(world.elb.send(new DescribeTargetGroupsCommand({}))).rejects.toMatchObject({
      name: 'Throttling',
    });
  });

  it('names a load balancer’s internal failure', async () => {
    strike({ service: 'elasticloadbalancing', operation: 'DescribeRules', kind: 'error' });

    await expect(world.elb.send(new DescribeRulesCommand({ RuleArns: ['any'] }))).rejects.toMatchObject({
      name: 'InternalFailure',
    });
  });

  it('acts late when it is slow', async () => {
    strike({ service: 'ecs', operation: 'DescribeServices', kind: 'slow', ms: 300 });
    const startedAt = performance.now();

    const answer = await world.ecs.send(describeApi);

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295);
    expect(answer.services).toHaveLength(1);
  });

  it('does nothing when the connection is cut before', async () => {
    const before = primaryOf(await describeService(world, 'api')).id;
    strike({ service: 'ecs', operation: 'UpdateService', kind: 'cut-before' });

    await expect(world.ecs.send(force)).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(primaryOf(await describeService(world, 'api')).id).toBe(before);
  });

  it('has acted when the connection is cut after', async () => {
    const before = primaryOf(await describeService(world, 'api')).id;
    strike({ service: 'ecs', operation: 'UpdateService', kind: 'cut-after' });

    await expect(world.ecs.send(force)).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(primaryOf(await describeService(world, 'api')).id).not.toBe(before);
    await untilService(world, 'api', (service) => primaryOf(service).rolloutState === 'COMPLETED');
  });

  function strike(fault: Pick<Fault, 'service' | 'operation' | 'kind'> & { ms?: number }): void {
    world.faults.set([FaultSchema.parse(fault)]);
  }
});

describe('a read right after an update', () => {
  it('may show the service as it was', async () => {
    const world = await startAws({ timing: { staleReads: { minMs: 400, maxMs: 400 } } });
    const before = primaryOf(await describeService(world, 'api')).id;

    const updated = await world.ecs.send(force);
    const stale = await describeService(world, 'api');
    const fresh = await untilService(world, 'api', (service) => primaryOf(service).id !== before);

    expect(primaryOf(stale).id).toBe(before);
    expect(primaryOf(fresh).id).toBe(updated.service?.deployments?.[0]?.id);
    await world.stop();
  });
});

function ecrOf({ endpoint }: TestAws, accessKeyId: string): ECRClient {
  return new ECRClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'any' },
  });
}
