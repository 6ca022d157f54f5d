import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { CreateScheduleCommand, DeleteScheduleCommand, GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxSeed } from '../../../sandbox/aws/seed.ts';
import { callScaling } from './scaling.ts';
import { startAws, type TestAws, until } from './start-aws.ts';
import { newQueue } from './start-queues.ts';

const production = '222222222222';

describe('one credential for all accounts', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ seed: sandboxSeed(), running: 'in-process', accessKeyId: 'sandbox' });
  });
  afterAll(() => world.stop());

  it('finds a service by its cluster', async () => {
    const described = async (cluster: string, name: string) =>
      (await world.ecs.send(new DescribeServicesCommand({ cluster, services: [name] }))).services?.[0]
        ?.serviceArn;

    expect(await described('forge-production', 'api-blue')).toContain(production);
    expect(await described('forge-staging', 'api')).toContain('111111111111');
  });

  it('finds images by the registry', async () => {
    const images = async (registryId?: string) => {
      const command = new DescribeImagesCommand({
        registryId,
        repositoryName: 'acme-api',
        imageIds: [{ imageTag: 'v1.1.0' }],
      });
      return (await world.ecr.send(command)).imageDetails?.[0]?.registryId;
    };

    expect(await images(production)).toBe(production);
    expect(await images()).toBe('111111111111');
  });

  it('registers a revision beside those of its family', async () => {
    const before = await world.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'api-green' }));
    const { family, containerDefinitions } = before.taskDefinition ?? {};

    const registered = await world.ecs.send(
      new RegisterTaskDefinitionCommand({ family, containerDefinitions }),
    );

    expect(registered.taskDefinition?.taskDefinitionArn).toContain(
      `${production}:task-definition/api-green:2`,
    );
  });

  it('keeps a schedule in the account of its role, and finds it by name', async () => {
    const Name = 'production-return';
    await world.scheduler.send(
      new CreateScheduleCommand({
        Name,
        ScheduleExpression: 'at(2099-01-01T00:00:00)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: 'arn:aws:scheduler:::aws-sdk:elasticloadbalancingv2:modifyRule',
          RoleArn: `arn:aws:iam::${production}:role/scheduler`,
          Input: '{}',
        },
      }),
    );

    const { Arn } = await world.scheduler.send(new GetScheduleCommand({ Name }));
    await world.scheduler.send(new DeleteScheduleCommand({ Name }));

    expect(Arn).toContain(production);
    await expect(world.scheduler.send(new GetScheduleCommand({ Name }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('finds a queue by its owner, and by its address', async () => {
    const { endpoint } = world;
    const client = (accessKeyId: string) =>
      new SQSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey: 'any' } });
    const sqs = client('sandbox');
    await newQueue(client(`AKIA${production}`), 'of-production');

    const named = { QueueName: 'of-production', QueueOwnerAWSAccountId: production };
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand(named));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );

    expect(Attributes).toEqual({ QueueArn: `arn:aws:sqs:us-east-1:${production}:of-production` });
  });

  it('finds a scalable target by its service', async () => {
    const ResourceIds = ['service/forge-production/api-blue'];

    const answer = await callScaling(world, 'DescribeScalableTargets', {
      ServiceNamespace: 'ecs',
      ResourceIds,
    });

    expect(answer).toMatchObject({ ScalableTargets: [{ ResourceId: ResourceIds[0] }] });
  });

  it.each(['targetgroup/api-blue/1', 'app/forge-production/1'])(
    'sees a metric that nothing here measures, beside those of %s',
    async (Value) => {
      const level = { namespace: 'AWS/RDS', metric: 'DatabaseConnections', dimensions: { Id: 'orders' } };
      world.aws.level({ ...level, region: 'us-east-1', value: 12 });

      await until(async () => (await connections(Value)).includes(12));
    },
  );

  /** Asked for in one call with a metric of the load balancer, as gates do. */
  async function connections(Value: string): Promise<number[]> {
    const stat = (Namespace: string, MetricName: string, dimension: { Name: string; Value: string }) => ({
      MetricStat: {
        Metric: { Namespace, MetricName, Dimensions: [dimension] },
        Period: 1,
        Stat: 'Maximum',
      },
    });
    const command = new GetMetricDataCommand({
      StartTime: new Date(Date.now() - 20_000),
      EndTime: new Date(Date.now() + 1_000),
      MetricDataQueries: [
        { Id: 'count', ...stat('AWS/ApplicationELB', 'RequestCount', { Name: 'TargetGroup', Value }) },
        { Id: 'db', ...stat('AWS/RDS', 'DatabaseConnections', { Name: 'Id', Value: 'orders' }) },
      ],
    });
    const { MetricDataResults = [] } = await world.cloudWatch.send(command);
    return MetricDataResults.find(({ Id }) => Id === 'db')?.Values ?? [];
  }
});
