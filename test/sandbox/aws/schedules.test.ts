import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ruleArn, targetGroupArn } from '../../../sandbox/aws/names.ts';
import { Fault } from '../../../sandbox/faults.ts';
import { startAws, type TestAws, until } from './start-aws.ts';
import { twoColours } from './two-colours.ts';

const scope = { account: '111111111111', region: 'us-east-1' };
const rule = ruleArn({ ...scope, loadBalancer: 'forge-production' }, '100');

describe('EventBridge Scheduler', () => {
  let world: TestAws;
  let scheduler: SchedulerClient;
  beforeAll(async () => {
    world = await startAws({ seed: twoColours(), running: 'in-process' });
    const credentials = { accessKeyId: 'AKIA111111111111', secretAccessKey: 'any' };
    scheduler = new SchedulerClient({
      endpoint: world.endpoint,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
  });
  afterEach(() => world.faults.set([]));
  afterAll(() => world.stop());

  it('makes the call at its moment, and is gone after it', async () => {
    await scheduler.send(new CreateScheduleCommand(back('fires', { inMs: 1_500, weights: [40, 60] })));

    expect(await weights()).toEqual([100, 0]);
    await until(async () => (await weights())[1] === 60);

    await expect(scheduler.send(new GetScheduleCommand({ Name: 'fires' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('does nothing when it was deleted in time', async () => {
    await scheduler.send(new CreateScheduleCommand(back('deleted', { inMs: 1_000, weights: [1, 99] })));
    await scheduler.send(new DeleteScheduleCommand({ Name: 'deleted' }));
    await scheduler.send(new CreateScheduleCommand(back('later', { inMs: 2_000, weights: [30, 70] })));

    await until(async () => (await weights())[1] !== 60);

    expect(await weights()).toEqual([30, 70]);
  });

  it('is put off by an update, which replaces all of it', async () => {
    await scheduler.send(new CreateScheduleCommand(back('put-off', { inMs: 60_000, weights: [2, 98] })));

    await scheduler.send(new UpdateScheduleCommand(back('put-off', { inMs: 90_000, weights: [3, 97] })));

    const { Target, State } = await scheduler.send(new GetScheduleCommand({ Name: 'put-off' }));
    expect(Target?.Input).toContain('"Weight":97');
    expect(State).toBe('ENABLED');
  });

  it('is created once for one client token, and refused for another', async () => {
    const input = back('once', { inMs: 60_000, weights: [1, 1] });

    const first = await scheduler.send(new CreateScheduleCommand({ ...input, ClientToken: 'one' }));
    const again = await scheduler.send(new CreateScheduleCommand({ ...input, ClientToken: 'one' }));

    expect(again.ScheduleArn).toBe(first.ScheduleArn);
    await expect(
      scheduler.send(new CreateScheduleCommand({ ...input, ClientToken: 'two' })),
    ).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it.each([
    ['rate(5 minutes)', 'Invalid Schedule Expression'],
    ['at(2030-13-01T00:00:00)', 'Invalid Schedule Expression'],
  ])('refuses %s', async (ScheduleExpression, message) => {
    const input = { ...back('bad', { inMs: 60_000, weights: [1, 1] }), ScheduleExpression };

    await expect(scheduler.send(new CreateScheduleCommand(input))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it('throttles and fails in its own words', async () => {
    for (const [kind, name] of [
      ['throttle', 'ThrottlingException'],
      ['error', 'InternalServerException'],
    ]) {
      world.faults.set([Fault.parse({ service: 'scheduler', operation: 'GetSchedule', kind })]);
      await expect(scheduler.send(new GetScheduleCommand({ Name: 'any' }))).rejects.toMatchObject({ name });
    }
  });

  async function weights(): Promise<(number | undefined)[]> {
    const { Rules } = await world.elb.send(new DescribeRulesCommand({ RuleArns: [rule] }));
    return Rules?.[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight) ?? [];
  }
});

/** A schedule that sets the weights of the traffic rule. */
function back(
  Name: string,
  { inMs, weights }: { inMs: number; weights: [blue: number, green: number] },
): CreateScheduleCommandInput {
  const [blue, green] = weights;
  const TargetGroups = [
    { TargetGroupArn: targetGroupArn(scope, 'api-blue'), Weight: blue },
    { TargetGroupArn: targetGroupArn(scope, 'api-green'), Weight: green },
  ];
  const ForwardConfig = { TargetGroups, TargetGroupStickinessConfig: { Enabled: false } };
  return {
    Name,
    ScheduleExpression: `at(${new Date(Date.now() + inMs).toISOString().slice(0, 19)})`,
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:elasticloadbalancingv2:modifyRule',
      RoleArn: 'arn:aws:iam::111111111111:role/scheduler',
      Input: JSON.stringify({ RuleArn: rule, Actions: [{ Type: 'forward', ForwardConfig }] }),
    },
  };
}
