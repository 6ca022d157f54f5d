import { afterEach, describe, expect, it } from 'vitest';
import { PlatformRefused } from '../../../src/ports/platform.ts';
import {
  options,
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

describe('a service Forge must not deploy to', () => {
  it.each([
    [{ deploymentController: { type: 'CODE_DEPLOY' } }, /deployed by CODE_DEPLOY/],
    [{ deploymentController: { type: 'EXTERNAL' } }, /deployed by EXTERNAL/],
    [{ deploymentConfiguration: { strategy: 'BLUE_GREEN' } }, /strategy BLUE_GREEN/],
    [{ status: 'DRAINING' }, /being deleted/],
    [{ schedulingStrategy: 'DAEMON' }, /DAEMON/],
    [{ desiredCount: 0 }, /scaled to 0/],
    [{ loadBalancers: [{ targetGroupArn: 'a', advancedConfiguration: {} }] }, /ECS shift its traffic/],
  ])('is refused with the reason: %j', async (odd, words) => {
    const { platform } = await ecsOf({ ...service(), ...odd });

    const live = platform.live(target, options());

    await expect(live).rejects.toThrow(words);
    await expect(live).rejects.toBeInstanceOf(PlatformRefused);
  });

  it('is refused when it takes requests but no load balancer asks after it', async () => {
    const { platform } = await ecsOf(service(), {}, { kind: 'web' });

    await expect(platform.live(target, options())).rejects.toThrow(/no target group.*call it a worker/);
  });

  it('is refused while somebody else changes it, saying since when', async () => {
    const { platform } = await ecsOf(
      service([rollout({ rolloutState: 'IN_PROGRESS', createdAt: 1_793_000_000 })]),
    );

    const started = platform.start(target, { on: 'only', release }, options());

    await expect(started).rejects.toThrow(/somebody else: api:1 .*started 2026-10-26 .* Wait/);
    expect(ecs?.calls.map(({ operation }) => operation)).not.toContain('UpdateService');
  });

  it('is not blamed on somebody else when ECS gives it no rollout state', async () => {
    const { platform } = await ecsOf(service([rollout({ rolloutState: undefined, runningCount: 0 })]));

    await expect(platform.live(target, options())).rejects.toThrow(/is not steady: 0 of 1 task run\. Wait/);
  });

  it('is fit when ECS gives it no rollout state and all its tasks run', async () => {
    const { platform } = await ecsOf(service([rollout({ rolloutState: undefined })]));

    expect(await platform.live(target, options())).toMatchObject({ version: 'v1.0.0' });
  });

  it('is refused when its last change failed', async () => {
    const failed = rollout({ rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.' });
    const { platform } = await ecsOf(service([failed]));

    await expect(platform.live(target, options())).rejects.toThrow(/failed: api:1, tasks failed to start\./);
  });
});

async function ecsOf(...world: Parameters<typeof startScriptedEcs>): Promise<ScriptedEcs> {
  ecs = await startScriptedEcs(...world);
  return ecs;
}
