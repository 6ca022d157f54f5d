import { afterEach, describe, expect, it } from 'vitest';
import {
  digest,
  family,
  options,
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

describe('a look at a service', () => {
  it('says what keeps tasks from starting', async () => {
    const events = [
      { id: '2', createdAt: 900, message: '(service api) has started 1 tasks: (task 1).' },
      {
        id: '1',
        createdAt: 900,
        message: '(service api) was unable to place a task because no capacity is left.',
      },
    ];
    const { platform } = await ecsOf({
      ...service([rollout({ runningCount: 0, rolloutState: 'IN_PROGRESS' })]),
      events,
    });

    const health = await platform.health(target, { on: 'only', revision: `${family}:1` }, options());

    expect(health).toEqual({
      kind: 'starting',
      healthy: 0,
      of: 1,
      note: 'was unable to place a task because no capacity is left',
    });
  });

  it('says who is to be asked when another revision was put there', async () => {
    const { platform } = await ecsOf(service());

    const health = await platform.health(target, { on: 'only', revision: `${family}:2` }, options());

    expect(health).toEqual({
      kind: 'replaced',
      reason: 'Somebody else changed api in staging (us-east-1): it is to run api:1 instead of api:2.',
    });
  });

  it('counts one task in the singular', async () => {
    const { platform } = await ecsOf(service(), {
      running: [{ taskArn: '1', startedBy: 'ecs-svc/1', lastStatus: 'RUNNING' }],
    });

    const health = await platform.health(target, { on: 'only', revision: `${family}:1` }, options());

    expect(health).toMatchObject({ kind: 'healthy', detail: '1 task running, without a health check' });
  });

  it('finds a service healthy that ECS gives no rollout state', async () => {
    const { platform } = await ecsOf(service([rollout({ rolloutState: undefined })]), {
      running: [{ taskArn: '1', startedBy: 'ecs-svc/1', lastStatus: 'RUNNING' }],
    });

    const health = await platform.health(target, { on: 'only', revision: `${family}:1` }, options());

    expect(health.kind).toBe('healthy');
  });

  it('fails a service that was scaled to 0 meanwhile', async () => {
    const { platform } = await ecsOf({ ...service([rollout({ runningCount: 0 })]), desiredCount: 0 });

    const health = await platform.health(target, { on: 'only', revision: `${family}:1` }, options());

    expect(health).toMatchObject({ kind: 'failed', reason: expect.stringContaining('scaled to 0') });
  });

  it('does not take a service for healthy that nothing is known about but its tasks', async () => {
    const { platform } = await ecsOf(service(), {}, { kind: 'web' });

    const health = await platform.health(target, { on: 'only', revision: `${family}:1` }, options());

    expect(health).toMatchObject({ kind: 'starting', note: expect.stringContaining('no target group') });
  });

  it('does not know the images of tasks that do not report them', async () => {
    const { platform } = await ecsOf(service(), {
      running: [{ taskArn: '1', containers: [{ name: 'api' }] }],
    });

    const images = await platform.runningImages(target, { on: 'only', digest }, options());

    expect(images).toEqual({ kind: 'unknown', reason: '1 of 1 task does not report its image yet.' });
  });

  it('does not know the images of a service without running tasks', async () => {
    const { platform } = await ecsOf(service());

    const images = await platform.runningImages(target, { on: 'only', digest }, options());

    expect(images.kind).toBe('unknown');
  });
});

async function ecsOf(...world: Parameters<typeof startScriptedEcs>): Promise<ScriptedEcs> {
  ecs = await startScriptedEcs(...world);
  return ecs;
}
