import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAws, type TestAws, until } from './start-aws.ts';

const cluster = 'forge-staging';
const container = { name: 'api', image: 'acme/api:v1' };

describe('ECS', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws();
  });
  afterAll(() => world.stop());

  it('reports an unknown service as missing, not as an error', async () => {
    const answer = await world.ecs.send(
      new DescribeServicesCommand({ cluster, services: ['api', 'nothing'] }),
    );

    expect(answer.services?.map(({ serviceName }) => serviceName)).toEqual(['api']);
    expect(answer.failures).toEqual([
      { arn: 'arn:aws:ecs:us-east-1:111111111111:service/forge-staging/nothing', reason: 'MISSING' },
    ]);
  });

  it('shows tags only to those who ask for them', async () => {
    const services = ['api'];

    const without = await world.ecs.send(new DescribeServicesCommand({ cluster, services }));
    const withTags = await world.ecs.send(
      new DescribeServicesCommand({ cluster, services, include: ['TAGS'] }),
    );

    expect(without.services?.[0]?.tags).toBeUndefined();
    expect(withTags.services?.[0]?.tags).toEqual([{ key: 'team', value: 'platform' }]);
  });

  it('gives a family’s revisions numbers and describes the newest by its name', async () => {
    const family = 'numbered';
    await register({ family, containerDefinitions: [container] });
    await register({
      family,
      containerDefinitions: [container],
      tags: [{ key: 'git_sha', value: 'abc' }],
    });

    const include = ['TAGS' as const];
    const newest = await world.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: family, include }),
    );
    const first = await world.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'numbered:1' }));

    expect(newest.taskDefinition?.revision).toBe(2);
    expect(newest.tags).toEqual([{ key: 'git_sha', value: 'abc' }]);
    expect(first.taskDefinition?.taskDefinitionArn).toMatch(/:task-definition\/numbered:1$/);
    expect(first.tags).toBeUndefined();
  });

  it('keeps fields it does not use', async () => {
    const logConfiguration = { logDriver: 'awslogs' as const, options: { 'awslogs-group': 'api' } };

    const kept = await register({
      family: 'kept',
      containerDefinitions: [{ ...container, logConfiguration }],
    });

    expect(kept.taskDefinition?.containerDefinitions?.[0]?.logConfiguration).toEqual(logConfiguration);
  });

  it.each<[string, RegisterTaskDefinitionCommandInput, string]>([
    ['an empty list of tags', { family: 'bad', containerDefinitions: [container], tags: [] }, 'Tags can not'],
    ['no container', { family: 'bad', containerDefinitions: [] }, 'Container list'],
    ['a family with a blank', { family: 'a b', containerDefinitions: [container] }, 'Family'],
    ['an image with a blank', withImage('acme/api v1'), 'Container.image'],
    ['a digest that is none', withImage('acme/api@sha256:123'), 'Container.image'],
    ['no image', withImage(''), 'Container.image'],
    ['two containers of one name', { family: 'bad', containerDefinitions: [container, container] }, 'unique'],
    [
      'Fargate without cpu',
      { family: 'bad', containerDefinitions: [container], requiresCompatibilities: ['FARGATE'] },
      "'cpu'",
    ],
  ])('refuses to register %s', async (_what, input, message) => {
    await expect(register(input)).rejects.toThrow(message);
  });

  it.each([
    [{ cluster: 'nowhere', service: 'api' }, 'ClusterNotFoundException'],
    [{ cluster, service: 'nothing' }, 'ServiceNotFoundException'],
    [{ cluster, service: 'api', taskDefinition: 'nothing:1' }, 'ClientException'],
    [{ cluster, service: 'api', desiredCount: -1 }, 'InvalidParameterException'],
    [{ cluster, service: 'billing-worker', healthCheckGracePeriodSeconds: 30 }, 'InvalidParameterException'],
  ])('refuses the update %o', async (input, name) => {
    await expect(world.ecs.send(new UpdateServiceCommand(input))).rejects.toMatchObject({ name });
  });

  it('runs a migration to its exit code', async () => {
    const [task] = await run({ command: ['npm', 'run', 'migrate'], startedBy: 'migration-1' });

    const ended = await untilStopped(task);

    expect(ended.containers?.[0]).toMatchObject({ exitCode: 0, lastStatus: 'STOPPED' });
    expect(ended).toMatchObject({ stopCode: 'EssentialContainerExited', startedBy: 'migration-1' });
  });

  it('shows a failed command by its exit code', async () => {
    const [task] = await run({ command: ['no-such-command'] });

    expect((await untilStopped(task)).containers?.[0]?.exitCode).toBe(127);
  });

  it('finds a task again by who started it', async () => {
    const [task] = await run({ command: ['migrate'], startedBy: 'run-7' });

    const listed = await world.ecs.send(new ListTasksCommand({ cluster, startedBy: 'run-7' }));

    expect(listed.taskArns).toEqual([task?.taskArn]);
    await untilStopped(task);
  });

  it('runs a task only once for one client token', async () => {
    const [first] = await run({ command: ['migrate'], clientToken: 'token-1' });
    const [again] = await run({ command: ['migrate'], clientToken: 'token-1' });

    expect(again?.taskArn).toBe(first?.taskArn);
    await untilStopped(first);
  });

  it('refuses a client token that was used for something else', async () => {
    const [first] = await run({ command: ['migrate'], clientToken: 'token-2' });

    await expect(run({ command: ['other'], clientToken: 'token-2' })).rejects.toMatchObject({
      name: 'ConflictException',
      resourceIds: [first?.taskArn],
    });
  });

  it('stops a task on request and says why', async () => {
    const [task] = await run({ command: undefined });
    await until(async () => (await describeTask(task)).lastStatus === 'RUNNING');

    await world.ecs.send(new StopTaskCommand({ cluster, task: task?.taskArn, reason: 'No longer needed' }));
    const ended = await untilStopped(task);

    expect(ended).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'No longer needed' });
  });

  it('lists tasks page by page', async () => {
    const first = await world.ecs.send(new ListTasksCommand({ cluster, serviceName: 'api', maxResults: 1 }));
    const { nextToken } = first;
    const second = await world.ecs.send(
      new ListTasksCommand({ cluster, serviceName: 'api', maxResults: 1, nextToken }),
    );

    expect(nextToken).toBeDefined();
    expect(second.taskArns).toHaveLength(1);
    expect(second.taskArns).not.toEqual(first.taskArns);
  });

  function register(input: RegisterTaskDefinitionCommandInput) {
    return world.ecs.send(new RegisterTaskDefinitionCommand(input));
  }

  async function run(
    options: { command: string[] | undefined } & Pick<RunTaskCommandInput, 'clientToken' | 'startedBy'>,
  ): Promise<Task[]> {
    const { command, ...rest } = options;
    const containerOverrides = [{ name: 'api', command }];
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } };
    const input = {
      ...{ cluster, taskDefinition: 'api', networkConfiguration },
      ...{ overrides: { containerOverrides }, ...rest },
    };
    return (await world.ecs.send(new RunTaskCommand(input))).tasks ?? [];
  }

  async function describeTask(task: Task | undefined): Promise<Task> {
    const tasks = [task?.taskArn ?? ''];
    const [described] = (await world.ecs.send(new DescribeTasksCommand({ cluster, tasks }))).tasks ?? [];
    if (described === undefined) throw new Error('The task is missing');
    return described;
  }

  async function untilStopped(task: Task | undefined): Promise<Task> {
    await until(async () => (await describeTask(task)).lastStatus === 'STOPPED');
    return await describeTask(task);
  }
});

function withImage(image: string): RegisterTaskDefinitionCommandInput {
  return { family: 'bad', containerDefinitions: [{ name: 'api', image }] };
}
