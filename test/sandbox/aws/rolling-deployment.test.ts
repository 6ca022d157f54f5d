import { DescribeTasksCommand, ListTasksCommand, type Task, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, describe, expect, it } from 'vitest';
import { targetGroupArn } from '../../../sandbox/aws/names.ts';
import { breaker, deploy, imageReference } from './deploy.ts';
import {
  describeService,
  primaryOf,
  publicUrl,
  startAws,
  type TestAws,
  until,
  untilService,
} from './start-aws.ts';

const group = targetGroupArn({ account: '111111111111', region: 'us-east-1' }, 'api');

describe('a rolling deployment', () => {
  let world: TestAws;
  afterEach(() => world.stop());

  it('changes the answered version without one failed request under load', async () => {
    world = await startAws();
    await world.aws.load({ service: 'api', environment: 'staging', requestsPerSecond: 50 });
    await until(async () => (await world.aws.services())[0]?.live?.version === 'v1.0.0');

    const revision = await deploy(world, { image: imageReference(world, 'v1.1.0') });
    const service = await untilService(world, 'api', isCompleted);

    await until(async () => (await reportOf(world)).versions['v1.1.0'] !== undefined);
    const primary = primaryOf(service);
    expect(service.deployments).toHaveLength(1);
    expect(primary).toMatchObject({
      taskDefinition: revision,
      runningCount: 2,
      pendingCount: 0,
      failedTasks: 0,
    });
    expect(service.events?.map(({ message }) => message)).toContain(
      '(service api) has reached a steady state.',
    );
    const report = await reportOf(world);
    expect(report.failed).toBe(0);
    expect(report.versions).toMatchObject({ 'v1.0.0': expect.any(Number), 'v1.1.0': expect.any(Number) });
    const [state] = await world.aws.services();
    expect(state).toMatchObject({ failures: 0, requests: expect.any(Number) });
  });

  it('shows both deployments with ids of their own while it runs', async () => {
    world = await startAws();
    const before = primaryOf(await describeService(world, 'api'));

    await deploy(world, { image: imageReference(world, 'v1.1.0') });
    const during = await describeService(world, 'api');

    expect(during.deployments?.map(({ status, rolloutState }) => [status, rolloutState])).toEqual([
      ['PRIMARY', 'IN_PROGRESS'],
      ['ACTIVE', 'COMPLETED'],
    ]);
    expect(during.deployments?.[1]?.id).toBe(before.id);
    expect(primaryOf(during).id).not.toBe(before.id);
  });

  it('drains old targets before their tasks stop', async () => {
    world = await startAws();

    await deploy(world, { image: imageReference(world, 'v1.1.0') });
    await until(async () => (await targetStates(world)).includes('draining'));
    const states = await targetStates(world);
    const running = await world.ecs.send(
      new ListTasksCommand({ cluster: 'forge-staging', serviceName: 'api', desiredStatus: 'STOPPED' }),
    );
    const tasks = await describeTasks(world, running.taskArns ?? []);

    expect(states.filter((state) => state === 'healthy').length).toBeGreaterThanOrEqual(2);
    expect(tasks.map(({ lastStatus }) => lastStatus)).toContain('DEACTIVATING');
    await untilService(world, 'api', isCompleted);
  });

  it('says of every running task which image it runs', async () => {
    world = await startAws();
    const image = imageReference(world, 'v1.1.0');
    await deploy(world, { image });
    await untilService(world, 'api', isCompleted);

    const listed = await world.ecs.send(
      new ListTasksCommand({ cluster: 'forge-staging', serviceName: 'api' }),
    );
    const tasks = await describeTasks(world, listed.taskArns ?? []);

    expect(tasks).toHaveLength(2);
    for (const task of tasks) {
      expect(task.lastStatus).toBe('RUNNING');
      expect(task.containers?.[0]).toMatchObject({ image, imageDigest: image.split('@')[1] });
    }
  });

  it('ends FAILED with the reason of its tasks when the version crashes', async () => {
    world = await startAws();

    const revision = await deploy(world, { image: imageReference(world, 'v1.2.0-crash') });
    const service = await untilService(world, 'api', isFailed);

    expect(primaryOf(service).taskDefinition).toBe(revision);
    // The circuit breaker looks after each round, and one round may start several tasks.
    expect(primaryOf(service).failedTasks).toBeGreaterThanOrEqual(3);
    expect(primaryOf(service).rolloutStateReason).toContain('circuit breaker');
    const [stopped] = await stoppedTasks(world);
    expect(stopped).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    });
    expect(stopped?.containers?.[0]?.exitCode).toBe(1);
    expect(await answeredVersion(world)).toBe('v1.0.0');
  });

  it('goes back to the last completed deployment when the circuit breaker is told to', async () => {
    world = await startAws();
    const before = primaryOf(await describeService(world, 'api'));
    const rollback = { ...breaker, rollback: true };

    await deploy(world, { image: imageReference(world, 'v1.2.0-crash'), breaker: rollback });
    await untilService(world, 'api', (service) => primaryOf(service).id !== before.id);
    const service = await untilService(world, 'api', isCompleted);

    expect(primaryOf(service).id).toBe(before.id);
    expect(primaryOf(service).taskDefinition).toBe(before.taskDefinition);
    expect(service.deployments).toHaveLength(1);
  });

  it('ends FAILED for a version that is never healthy, and names the health checks', async () => {
    world = await startAws();

    await deploy(world, { image: imageReference(world, 'v1.2.2-unhealthy'), graceSeconds: 30 });
    await untilService(world, 'api', isFailed);

    const reasons = (await stoppedTasks(world)).map(({ stoppedReason }) => stoppedReason);
    expect(reasons).toContain(`Task failed ELB health checks in (target-group ${group})`);
    expect(await answeredVersion(world)).toBe('v1.0.0');
  });

  it('kills a version that hangs and ignores SIGTERM', async () => {
    world = await startAws();

    await deploy(world, { image: imageReference(world, 'v1.2.1-hang'), graceSeconds: 30 });
    await untilService(world, 'api', isFailed);
    await until(async () => (await stoppedTasks(world)).some(({ lastStatus }) => lastStatus === 'STOPPED'));

    const gone = (await stoppedTasks(world)).find(({ lastStatus }) => lastStatus === 'STOPPED');
    expect(gone?.containers?.[0]?.exitCode).toBe(137);
  });

  it('ends FAILED when the image does not exist', async () => {
    world = await startAws();
    const image = '111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-api:v9.9.9';

    await deploy(world, { image });
    await untilService(world, 'api', isFailed);

    const [stopped] = await stoppedTasks(world);
    expect(stopped).toMatchObject({ stopCode: 'TaskFailedToStart' });
    expect(stopped?.stoppedReason).toMatch(/^CannotPullContainerError: /);
  });

  it('goes by the container health of a worker', async () => {
    world = await startAws();
    const image = imageReference(world, 'v1.1.0', 'acme-billing-worker');

    await deploy(world, { name: 'billing-worker', image });
    await untilService(world, 'billing-worker', isCompleted);

    const listed = await world.ecs.send(
      new ListTasksCommand({ cluster: 'forge-staging', serviceName: 'billing-worker' }),
    );
    const [task] = await describeTasks(world, listed.taskArns ?? []);
    expect(task).toMatchObject({ healthStatus: 'HEALTHY' });
    expect((await world.aws.services())[1]?.live).toEqual({ version: 'v1.1.0', colour: 'only' });
  });

  it('is not started by a new number of tasks', async () => {
    world = await startAws();
    const before = primaryOf(await describeService(world, 'api'));

    await world.ecs.send(
      new UpdateServiceCommand({ cluster: 'forge-staging', service: 'api', desiredCount: 3 }),
    );
    const service = await untilService(world, 'api', ({ runningCount }) => runningCount === 3);

    expect(primaryOf(service).id).toBe(before.id);
    expect(service.deployments).toHaveLength(1);
  });

  it('replaces a task whose process was killed', async () => {
    world = await startAws();
    const victim = world.aws.processes().find(({ kind }) => kind === 'task');
    if (victim === undefined) throw new Error('No task runs');

    process.kill(victim.pid, 'SIGKILL');
    await until(
      async () =>
        (await stoppedTasks(world, 'api')).length + (await stoppedTasks(world, 'billing-worker')).length ===
        1,
    );
    await untilService(world, 'api', ({ runningCount }) => runningCount === 2);
    await untilService(world, 'billing-worker', ({ runningCount }) => runningCount === 1);

    const ids = world.aws.processes().map(({ id }) => id);
    expect(ids).not.toContain(victim.id);
    expect(world.aws.processes().filter(({ kind }) => kind === 'task')).toHaveLength(3);
  });
});

function isCompleted(service: Parameters<typeof primaryOf>[0]): boolean {
  return primaryOf(service).rolloutState === 'COMPLETED';
}

function isFailed(service: Parameters<typeof primaryOf>[0]): boolean {
  return primaryOf(service).rolloutState === 'FAILED';
}

async function reportOf({ aws }: TestAws) {
  const report = (await aws.loadReports())['api staging'];
  return report ?? { sent: 0, answered: 0, failed: 0, versions: {} };
}

async function answeredVersion(world: TestAws): Promise<string | null> {
  return (await fetch(await publicUrl(world))).headers.get('x-version');
}

async function describeTasks({ ecs }: TestAws, tasks: string[]): Promise<Task[]> {
  return (await ecs.send(new DescribeTasksCommand({ cluster: 'forge-staging', tasks }))).tasks ?? [];
}

async function stoppedTasks(world: TestAws, serviceName = 'api'): Promise<Task[]> {
  const listed = await world.ecs.send(
    new ListTasksCommand({ cluster: 'forge-staging', serviceName, desiredStatus: 'STOPPED' }),
  );
  const arns = listed.taskArns ?? [];
  return arns.length === 0 ? [] : await describeTasks(world, arns);
}

async function targetStates({ elb }: TestAws): Promise<(string | undefined)[]> {
  const health = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: group }));
  return health.TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth?.State) ?? [];
}
