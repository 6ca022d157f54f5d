import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../../sandbox/faults.ts';
import type { DeadManPolicy } from '../../../src/domain/policy.ts';
import { createDeadManSwitch } from '../../../src/platforms/ecs/dead-man-switch.ts';
import { scheduleName } from '../../../src/platforms/ecs/switch-schedule.ts';
import type { DeadManSwitch } from '../../../src/ports/dead-man-switch.ts';
import { PlatformRefused, PlatformUnavailable } from '../../../src/ports/platform.ts';
import {
  api,
  rules,
  startTwoColouredAws,
  type TwoColouredAws,
  targetGroups,
  twoColouredPolicy,
} from '../../aws/two-coloured-aws.ts';
import { deadManSwitchContract } from '../../contracts/dead-man-switch.ts';
import { eventually } from '../../eventually.ts';

const deadMan: DeadManPolicy = {
  after: 60_000,
  role: 'arn:aws:iam::111111111111:role/forge-dead-man',
  otherwise: 'ask',
};
const [firstRule = '', secondRule = ''] = rules;
const options = { signal: new AbortController().signal };

deadManSwitchContract('the switch of EventBridge Scheduler', async () => {
  const world = await startTwoColouredAws();
  const policy = twoColouredPolicy({ deadMan });
  return {
    deadMan: createDeadManSwitch({ policy, clients: world.clients, lateWithin: 0 }),
    target: api,
    now: Date.now,
    async loseOne() {
      const { scheduler } = world.clients.in(api.region).act;
      await scheduler.send(new DeleteScheduleCommand({ Name: scheduleName(secondRule) }));
    },
    close: world.close,
  };
});

describe('the dead-man switch', () => {
  let world: TwoColouredAws;
  let deadManSwitch: DeadManSwitch;
  beforeAll(async () => {
    world = await startTwoColouredAws();
    const policy = twoColouredPolicy({ deadMan });
    deadManSwitch = createDeadManSwitch({ policy, clients: world.clients, lateWithin: 0 });
  });
  afterEach(async () => {
    world.faults.set([]);
    world.weigh({ blue: 100, green: 0 });
    await deadManSwitch.disarm(api, options);
  });
  afterAll(() => world.close());

  it('returns the traffic of every rule by itself, and is gone then', async () => {
    world.weigh({ blue: 50, green: 50 });

    await deadManSwitch.arm(api, { to: 'blue', at: Date.now() + 1_000 }, options);

    expect(await deadManSwitch.read(api, options)).toBe('armed');
    await eventually(async () => (await weights()).every(([blue]) => blue === 100));
    expect(await deadManSwitch.read(api, options)).toBe('gone');
    expect(await weights()).toEqual([
      [100, 0],
      [100, 0],
    ]);
  });

  it('leads to the colour it was told last, at the time it was told last', async () => {
    await deadManSwitch.arm(api, { to: 'blue', at: inAnHour() }, options);
    await deadManSwitch.arm(api, { to: 'green', at: Date.UTC(2099, 0, 1) }, options);

    const { ScheduleExpression, Target } = await scheduleOf(firstRule);
    const { Actions } = JSON.parse(Target?.Input ?? '');
    expect(ScheduleExpression).toBe('at(2099-01-01T00:00:00)');

    expect(Actions[0].ForwardConfig).toEqual({
      TargetGroups: [
        { TargetGroupArn: targetGroups.blue, Weight: 0 },
        { TargetGroupArn: targetGroups.green, Weight: 100 },
      ],
      TargetGroupStickinessConfig: { Enabled: false },
    });
  });

  it('calls ModifyRule with the role of the policy, once, and deletes itself', async () => {
    await deadManSwitch.arm(api, { to: 'blue', at: inAnHour() }, options);

    expect(await scheduleOf(firstRule)).toMatchObject({
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: 'arn:aws:scheduler:::aws-sdk:elasticloadbalancingv2:modifyRule', RoleArn: deadMan.role },
    });
  });

  it('is put off, all of it', async () => {
    await deadManSwitch.arm(api, { to: 'blue', at: inAnHour() }, options);

    const result = await deadManSwitch.extend(api, { to: 'blue', at: Date.UTC(2099, 0, 1) }, options);

    expect(result).toBe('extended');
    for (const rule of rules) {
      expect(await scheduleOf(rule)).toMatchObject({
        ScheduleExpression: 'at(2099-01-01T00:00:00)',
        ActionAfterCompletion: 'DELETE',
      });
    }
  });

  it('does not count when somebody turned it off', async () => {
    await deadManSwitch.arm(api, { to: 'blue', at: inAnHour() }, options);
    const { Name, ScheduleExpression, FlexibleTimeWindow, Target } = await scheduleOf(firstRule);
    const off = { Name, ScheduleExpression, FlexibleTimeWindow, Target, State: 'DISABLED' } as const;
    await scheduler().send(new UpdateScheduleCommand(off));

    expect(await deadManSwitch.read(api, options)).toBe('partly');
  });

  it.each([
    ['CreateSchedule', 'cut-after'],
    ['CreateSchedule', 'error-after'],
    ['CreateSchedule', 'throttle'],
    ['UpdateSchedule', 'cut-after'],
    ['DeleteSchedule', 'cut-after'],
    ['DeleteSchedule', 'throttle'],
    ['GetSchedule', 'cut-before'],
  ])('outlasts %s: %s', async (operation, kind) => {
    world.faults.set([Fault.parse({ service: 'scheduler', operation, kind, times: 2 })]);

    await deadManSwitch.arm(api, { to: 'blue', at: inAnHour() }, options);
    const extended = await deadManSwitch.extend(api, { to: 'blue', at: inAnHour() }, options);
    const armed = await deadManSwitch.read(api, options);
    await deadManSwitch.disarm(api, options);

    expect({ extended, armed }).toEqual({ extended: 'extended', armed: 'armed' });
    expect(await deadManSwitch.read(api, options)).toBe('gone');
  });

  it('is not gone while AWS may still make what it did not answer', async () => {
    let now = Date.now();
    const anxious = createDeadManSwitch({
      policy: twoColouredPolicy({ deadMan }),
      clients: world.clients,
      now: () => now,
      lateWithin: 30_000,
    });
    world.faults.set([
      Fault.parse({ service: 'scheduler', operation: 'CreateSchedule', kind: 'cut-before', times: 100 }),
    ]);
    await expect(anxious.arm(api, { to: 'blue', at: inAnHour() }, options)).rejects.toThrow(
      PlatformUnavailable,
    );

    await anxious.disarm(api, options);
    const before = await anxious.read(api, options);
    now += 30_000;
    const after = await anxious.read(api, options);

    expect({ before, after }).toEqual({ before: 'partly', after: 'gone' });
  });

  it('is set for the other rules when it is refused for one', async () => {
    const refusal = { kind: 'refuse', error: 'AccessDeniedException' };
    world.faults.set([Fault.parse({ service: 'scheduler', operation: 'CreateSchedule', ...refusal })]);

    const armed = deadManSwitch.arm(api, { to: 'blue', at: inAnHour() }, options);

    await expect(armed).rejects.toThrow(
      /^AWS refuses to set the dead-man switch of api in production \(us-east-1\): .* Allow Forge’s role to do this\.$/,
    );
    await expect(armed).rejects.toBeInstanceOf(PlatformRefused);
    expect(await deadManSwitch.read(api, options)).toBe('partly');
  });

  it('is refused with what to check where a rule does not exist', async () => {
    const policy = twoColouredPolicy({ deadMan, rules: [firstRule, `${secondRule}0`] });
    const mistaken = createDeadManSwitch({ policy, clients: world.clients });

    await expect(mistaken.arm(api, { to: 'blue', at: inAnHour() }, options)).rejects.toThrow(
      /read the listener rules of api .* Check the ARNs of the listener rules in forge\.yml\.$/,
    );
  });

  it('is refused where the policy has none', async () => {
    const off = createDeadManSwitch({ policy: twoColouredPolicy(), clients: world.clients });

    await expect(off.arm(api, { to: 'blue', at: inAnHour() }, options)).rejects.toThrow(
      'forge.yml turns the dead-man switch of production off. Describe it there to use it.',
    );
  });

  async function weights(): Promise<(number | undefined)[][]> {
    const { loadBalancing } = world.clients.in(api.region).ask;
    const { Rules = [] } = await loadBalancing.send(new DescribeRulesCommand({ RuleArns: [...rules] }));
    return Rules.map(
      ({ Actions }) => Actions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight) ?? [],
    );
  }

  function scheduler() {
    return world.clients.in(api.region).ask.scheduler;
  }

  function scheduleOf(rule: string): Promise<GetScheduleCommandOutput> {
    return scheduler().send(new GetScheduleCommand({ Name: scheduleName(rule) }));
  }
});

function inAnHour(): number {
  return Date.now() + 3_600_000;
}
