import { describe, expect, it } from 'vitest';
import { isPending, scheduleName, switchSchedule } from '../../../src/platforms/ecs/switch-schedule.ts';

const rule =
  'arn:aws:elasticloadbalancing:us-east-1:111111111111:listener-rule/app/forge-production/0123456789abcdef/0123456789abcdef/0123456789abcdef';
const role = 'arn:aws:iam::111111111111:role/forge-dead-man';

describe('the schedule of a dead-man switch', () => {
  it('has one name for one rule, which EventBridge takes', () => {
    expect(scheduleName(rule)).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
    expect(scheduleName(rule)).toBe(scheduleName(rule));
    expect(scheduleName(rule)).not.toBe(scheduleName(`${rule}0`));
  });

  it.each([
    [300_000, '2026-11-22T10:00:00.000Z', 'at(2026-11-22T10:00:00)'],
    [300_000, '2026-11-22T10:00:00.001Z', 'at(2026-11-22T10:01:00)'],
    [120_000, '2026-11-22T10:59:59.000Z', 'at(2026-11-22T11:00:00)'],
    [119_999, '2026-11-22T10:00:00.001Z', 'at(2026-11-22T10:00:01)'],
    [3_000, '2026-11-22T10:00:07.000Z', 'at(2026-11-22T10:00:07)'],
  ])('with a wait of %i ms until %s is %s', (after, at, expression) => {
    const schedule = switchSchedule({ arn: rule, actions: [] }, { at: Date.parse(at), after, role });

    expect(schedule.ScheduleExpression).toBe(expression);
  });

  it('is on, and tries for a quarter of an hour where AWS does not answer it', () => {
    const schedule = switchSchedule({ arn: rule, actions: [] }, { at: 0, after: 300_000, role });

    expect(schedule).toMatchObject({
      State: 'ENABLED',
      Target: { RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 900 } },
    });
  });

  it('is over a minute after its moment', () => {
    const at = Date.UTC(2026, 10, 22, 10);
    const schedule = {
      $metadata: {},
      ...switchSchedule({ arn: rule, actions: [] }, { at, after: 300_000, role }),
    };

    expect(isPending(schedule, at + 59_999)).toBe(true);
    expect(isPending(schedule, at + 60_000)).toBe(false);
  });
});
