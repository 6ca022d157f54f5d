import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { BUBBLEWRAP, cannot, named } from '../../runner/workbench.ts';
import { startAws, type TestAws } from './start-aws.ts';

const cluster = 'forge-staging';
const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } };
const logOptions = {
  'awslogs-group': '/checks',
  'awslogs-region': 'us-east-1',
  'awslogs-stream-prefix': 'one',
};
let world: TestAws;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  world = await startAws({ running: 'in-process' });
  const credentials = { accessKeyId: world.accessKeyId, secretAccessKey: 'nobody checks it' };
  logs = new CloudWatchLogsClient({
    endpoint: world.endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  });
});
afterAll(() => world.stop());

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(
  named('containers with programs of their own', BUBBLEWRAP),
  () => {
    it('run one after the other as they wait for each other, and share what they mount', async () => {
      const task = await ended(
        await run(['echo hello >/shared/greeting', 'cat /shared/greeting; id -u; exit 3']),
      );

      expect(task).toMatchObject({
        stopCode: 'EssentialContainerExited',
        containers: [
          { name: 'first', exitCode: 0 },
          { name: 'second', exitCode: 3 },
        ],
      });
      expect(await linesOf(task, 'second')).toEqual(['hello', '1000']);
    });

    it('see neither each other’s processes and variables nor the files of this machine', async () => {
      const script = 'cat /proc/*/environ | tr "\\\\0" "\\\\n"; ls /root /home /work 2>&1; exit 0';
      const task = await ended(await run(['true', script], { first: { SECRET: 'of-the-first' } }));

      const lines = await linesOf(task, 'second');
      expect(lines.join('\n')).toContain('AWS_EXECUTION_ENV=AWS_ECS_FARGATE');
      expect(lines.join('\n')).not.toContain('of-the-first');
      expect(lines.join('\n')).toMatch(/cannot access/u);
    });

    it('do not run where the one before them failed', async () => {
      const task = await ended(await run(['exit 7', 'true']));

      expect(task.stopCode).toBe('TaskFailedToStart');
      expect(task.containers).toMatchObject([{ name: 'first', exitCode: 7 }, { name: 'second' }]);
      expect(task.containers?.[1]?.exitCode).toBeUndefined();
    });

    it('are ended by StopTask with everything they started', async () => {
      const task = await run(['true', '(setsid sleep 98761 &) ; sleep 98762']);
      await eventually(async () => (await described(task)).containers?.[1]?.lastStatus === 'RUNNING');
      await world.ecs.send(new StopTaskCommand({ cluster, task: task.taskArn, reason: 'Enough' }));

      expect(await ended(task)).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'Enough' });
    });
  },
);

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('what containers print', BUBBLEWRAP), () => {
  it('is read page by page, from either end', async () => {
    const task = await ended(await run(['true', 'for n in 1 2 3 4 5; do echo $n; echo; done']));

    const newest = await page(task, { limit: 2 });
    const older = await page(task, { limit: 2, nextToken: newest.backward });
    const first = await page(task, { limit: 3, startFromHead: true });
    const next = await page(task, { nextToken: first.forward });
    const none = await page(task, { nextToken: next.forward });

    expect([newest, older, first, next, none].map(({ lines }) => lines)).toEqual([
      ['4', '5'],
      ['2', '3'],
      ['1', '2', '3'],
      ['4', '5'],
      [],
    ]);
    expect(none.forward).toBe(next.forward);
  });

  it('shows only after a while', async () => {
    Object.assign(world.aws.truth.timing, { logDelayMs: 60_000 });
    const task = await ended(await run(['true', 'echo hello']));
    Object.assign(world.aws.truth.timing, { logDelayMs: 0 });

    await expect(linesOf(task, 'second')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a request to run a task', () => {
  it.each<[string, Partial<RunTaskCommandInput>, string]>([
    ['without a network', { networkConfiguration: undefined }, 'Network Configuration must be provided'],
    ['with a token that is too long', { clientToken: 'a'.repeat(65) }, 'clientToken'],
    ['for somebody with a space', { startedBy: 'who is it' }, 'startedBy'],
    [
      'with too much to say',
      { overrides: { containerOverrides: [{ name: 'second', command: ['x'.repeat(8_200)] }] } },
      'Overrides length must be at most 8192.',
    ],
  ])('is refused %s', async (_, change, words) => {
    await register();

    await expect(
      world.ecs.send(new RunTaskCommand({ cluster, taskDefinition: 'one', networkConfiguration, ...change })),
    ).rejects.toThrow(words);
  });

  it('is refused where there is no room', async () => {
    await register();
    world.aws.change({ room: 'none' });

    const asked = world.ecs.send(
      new RunTaskCommand({ cluster, taskDefinition: 'one', networkConfiguration }),
    );

    await expect(asked).rejects.toThrow('Capacity is unavailable at this time.');
    world.aws.change({ room: 'enough' });
  });
});

describe('a task definition', () => {
  it.each<[string, Partial<RegisterTaskDefinitionCommandInput>, string]>([
    ['whose containers wait for each other', { containerDefinitions: circle() }, 'cannot be resolved'],
    ['that mounts what it does not have', { volumes: [] }, "Unknown volume 'shared'."],
  ])('is refused %s', async (_, change, words) => {
    await expect(register(change)).rejects.toThrow(words);
  });
});

function definition(): RegisterTaskDefinitionCommandInput {
  const [image] = world.aws.truth.images;
  const each = {
    image: `${image?.account}.dkr.ecr.${image?.region}.amazonaws.com/${image?.repository}@${image?.digest}`,
    entryPoint: ['/bin/sh', '-c'],
    user: '1000',
    stopTimeout: 2,
    mountPoints: [{ sourceVolume: 'shared', containerPath: '/shared' }],
    logConfiguration: { logDriver: 'awslogs' as const, options: logOptions },
  };
  const dependsOn = [{ containerName: 'first', condition: 'SUCCESS' as const }];
  return {
    ...{
      family: 'one',
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      requiresCompatibilities: ['FARGATE'],
    },
    volumes: [{ name: 'shared' }],
    containerDefinitions: [
      { ...each, name: 'first', essential: false },
      { ...each, name: 'second', dependsOn },
    ],
  };
}

function circle(): RegisterTaskDefinitionCommandInput['containerDefinitions'] {
  return ['first', 'second'].map((name, index) => ({
    ...{ name, image: 'one' },
    dependsOn: [{ containerName: index === 0 ? 'second' : 'first', condition: 'SUCCESS' }],
  }));
}

async function register(change: Partial<RegisterTaskDefinitionCommandInput> = {}): Promise<void> {
  await world.ecs.send(new RegisterTaskDefinitionCommand({ ...definition(), ...change }));
}

async function run(
  scripts: [string, string],
  variables: { first?: Record<string, string> } = {},
): Promise<Task> {
  await register();
  const containerOverrides = scripts.map((script, index) => ({
    name: index === 0 ? 'first' : 'second',
    command: [script],
    environment: Object.entries(index === 0 ? (variables.first ?? {}) : {}).map(([name, value]) => ({
      name,
      value,
    })),
  }));
  const input = { cluster, taskDefinition: 'one', networkConfiguration, overrides: { containerOverrides } };
  const [task] = (await world.ecs.send(new RunTaskCommand(input))).tasks ?? [];
  if (task === undefined) throw new Error('There is no task');
  return task;
}

async function described({ taskArn = '' }: Task): Promise<Task> {
  const { tasks } = await world.ecs.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }));
  return tasks?.[0] ?? {};
}

async function ended(task: Task): Promise<Task> {
  return await eventually(async () => {
    const now = await described(task);
    return now.lastStatus === 'STOPPED' ? now : undefined;
  });
}

async function linesOf(task: Task, container: string): Promise<string[]> {
  return (await page(task, {}, container)).lines;
}

async function page(
  { taskArn }: Task,
  input: Pick<GetLogEventsCommandInput, 'limit' | 'nextToken' | 'startFromHead'>,
  container = 'second',
) {
  const logStreamName = `one/${container}/${taskArn?.split('/').at(-1)}`;
  const answer = await logs.send(
    new GetLogEventsCommand({ logGroupName: '/checks', logStreamName, ...input }),
  );
  return {
    lines: (answer.events ?? []).map(({ message = '' }) => message),
    backward: answer.nextBackwardToken,
    forward: answer.nextForwardToken,
  };
}
