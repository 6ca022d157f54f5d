import { afterEach, describe, expect, it } from 'vitest';
import {
  digest,
  family,
  options,
  registry,
  release,
  rollout,
  type ScriptedEcs,
  service,
  startScriptedEcs,
  target,
} from './scripted-ecs.ts';

let ecs: ScriptedEcs | undefined;
afterEach(async () => {
  await ecs?.close();
});

describe('a rollout that failed', () => {
  it('is not begun again by starting the same release again', async () => {
    const { platform } = await ecsOf(service([rollout({ rolloutState: 'FAILED' })]), {
      image: `${registry}@${digest}`,
    });

    const { revision } = await platform.start(target, { on: 'only', release }, options());

    expect(revision).toBe(`${family}:1`);
    expect(ecs?.updates()).toEqual([]);
  });

  it('is forced to begin again when its revision is to be put back', async () => {
    const { platform } = await ecsOf(service([rollout({ rolloutState: 'FAILED' })]));

    await platform.restore(target, { on: 'only', revision: `${family}:1` }, options());

    expect(ecs?.updates()).toMatchObject([{ taskDefinition: `${family}:1`, forceNewDeployment: true }]);
  });

  it('is not forced when its revision is in service', async () => {
    const { platform } = await ecsOf(service());

    await platform.restore(target, { on: 'only', revision: `${family}:1` }, options());

    expect(ecs?.updates()).toHaveLength(1);
    expect(ecs?.updates()[0]).not.toHaveProperty('forceNewDeployment');
  });

  it('is told with the reasons of its last tasks', async () => {
    const stopped = (id: string, reason: string) => ({
      taskArn: id,
      startedBy: 'ecs-svc/1',
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: reason,
      stoppedAt: 1_000,
      containers: [{ name: 'api', exitCode: 137 }],
    });
    const { platform } = await ecsOf(service([rollout({ rolloutState: 'FAILED', failedTasks: 3 })]), {
      stopped: [
        stopped('1', 'Essential container in task exited'),
        stopped('2', 'Essential container in task exited'),
      ],
    });

    const health = await platform.health(target, { on: 'only', revision: `${family}:1` }, options());

    expect(health).toEqual({
      kind: 'failed',
      reason:
        '3 tasks of api:1 failed. Last: Essential container in task exited (container api exited with 137).',
    });
  });

  it('is told without AWS’s long names, and the same reason once', async () => {
    const group = 'arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/api/0123456789abcdef';
    const stopped = (id: string) => ({
      taskArn: id,
      startedBy: 'ecs-svc/1',
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: `Task arn:aws:ecs:us-east-1:111111111111:task/forge/${id} failed ELB health checks in (target-group ${group}).`,
      stoppedAt: 1_000,
      containers: [{ name: 'api', reason: 'OutOfMemory.' }],
    });
    const { platform } = await ecsOf(service([rollout({ rolloutState: 'FAILED', failedTasks: 1 })]), {
      stopped: [stopped('a1'), stopped('b2')],
    });

    const health = await platform.health(target, { on: 'only', revision: `${family}:1` }, options());

    expect(health).toEqual({
      kind: 'failed',
      reason:
        '2 tasks of api:1 failed. Last: Task failed ELB health checks in (target-group api): OutOfMemory.',
    });
  });

  it('that ECS has rolled back is not blamed on anybody', async () => {
    const back = rollout({
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.',
    });
    const { platform } = await ecsOf(service([back]));

    const health = await platform.health(target, { on: 'only', revision: `${family}:2` }, options());

    expect(health).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/^ECS took api:2 back.*[^.]\.$/),
    });
  });
});

async function ecsOf(...world: Parameters<typeof startScriptedEcs>): Promise<ScriptedEcs> {
  ecs = await startScriptedEcs(...world);
  return ecs;
}
