import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploy, imageReference } from './deploy.ts';
import { callScaling } from './scaling.ts';
import { describeService, primaryOf, startAws, type TestAws, untilService } from './start-aws.ts';

const api = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/forge-staging/api',
  ScalableDimension: 'ecs:service:DesiredCount',
};
const staging = { service: 'api', environment: 'staging' };

describe('Application Auto Scaling', () => {
  let world: TestAws;
  beforeAll(async () => {
    world = await startAws({ running: 'in-process' });
  });
  afterAll(() => world.stop());

  const call = (operation: string, input: object) => callScaling(world, operation, input);

  it('knows no targets before one is registered', async () => {
    expect(await call('DescribeScalableTargets', { ServiceNamespace: 'ecs' })).toEqual({
      ScalableTargets: [],
    });
    expect(world.aws.scaleIn(staging)).toMatchObject([{ outcome: 'not-scalable' }]);
  });

  it('refuses a new target without a capacity, and one of a service there is not', async () => {
    await expect(call('RegisterScalableTarget', api)).rejects.toMatchObject({ name: 'ValidationException' });
    const missing = { ...api, ResourceId: 'service/forge-staging/none', MinCapacity: 1, MaxCapacity: 2 };
    await expect(call('RegisterScalableTarget', missing)).rejects.toMatchObject({
      message: "ECS service doesn't exist: service/forge-staging/none",
    });
  });

  it('keeps what a later registration leaves out', async () => {
    await call('RegisterScalableTarget', { ...api, MinCapacity: 1, MaxCapacity: 4 });
    await call('RegisterScalableTarget', { ...api, SuspendedState: { DynamicScalingInSuspended: true } });
    await call('RegisterScalableTarget', { ...api, SuspendedState: { ScheduledScalingSuspended: true } });

    expect(
      await call('DescribeScalableTargets', { ServiceNamespace: 'ecs', ResourceIds: [api.ResourceId] }),
    ).toMatchObject({
      ScalableTargets: [
        {
          MinCapacity: 1,
          MaxCapacity: 4,
          SuspendedState: {
            DynamicScalingInSuspended: true,
            DynamicScalingOutSuspended: false,
            ScheduledScalingSuspended: true,
          },
        },
      ],
    });
  });

  it('does not scale in what is suspended', async () => {
    expect(world.aws.scaleIn(staging)).toEqual([{ ecsService: 'api', outcome: 'suspended', from: 2, to: 2 }]);
    expect((await describeService(world, 'api')).desiredCount).toBe(2);
  });

  it('does not scale in during a deployment', async () => {
    await call('RegisterScalableTarget', { ...api, SuspendedState: { DynamicScalingInSuspended: false } });
    await deploy(world, { image: imageReference(world, 'v1.1.0') });

    expect(world.aws.scaleIn(staging)).toMatchObject([{ outcome: 'deploying' }]);

    await untilService(world, 'api', (service) => primaryOf(service).rolloutState === 'COMPLETED');
  });

  it('scales in to the minimum when it may, and says so', async () => {
    expect(world.aws.scaleIn(staging)).toEqual([{ ecsService: 'api', outcome: 'scaled-in', from: 2, to: 1 }]);

    await untilService(world, 'api', (service) => service.runningCount === 1);
    expect(world.aws.scaleIn(staging)).toMatchObject([{ outcome: 'at-minimum' }]);
    expect(await call('DescribeScalingActivities', api)).toMatchObject({
      ScalingActivities: [{ Description: 'Setting desired count to 1.', StatusCode: 'Successful' }],
    });
  });

  it('shows policies as they were put, one a name', async () => {
    const TargetTrackingScalingPolicyConfiguration = { TargetValue: 60 };
    const policy = { ...api, PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling' };

    const first = await call('PutScalingPolicy', { ...policy, TargetTrackingScalingPolicyConfiguration });
    const again = await call('PutScalingPolicy', { ...policy, TargetTrackingScalingPolicyConfiguration });

    expect(again.PolicyARN).toBe(first.PolicyARN);
    const { ScalingPolicies } = await call('DescribeScalingPolicies', { ServiceNamespace: 'ecs' });
    expect(ScalingPolicies).toMatchObject([{ PolicyName: 'cpu', TargetTrackingScalingPolicyConfiguration }]);
  });

  it('forgets a target with its policies', async () => {
    await call('DeregisterScalableTarget', api);

    expect(await call('DescribeScalingPolicies', { ServiceNamespace: 'ecs' })).toEqual({
      ScalingPolicies: [],
    });
    await expect(call('DeregisterScalableTarget', api)).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
    });
  });
});
