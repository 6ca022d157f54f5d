import { createHash } from 'node:crypto';
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CreateScheduleCommandInput, GetScheduleCommandOutput } from '@aws-sdk/client-scheduler';

/** All of it but its name: an update replaces everything. */
export type SwitchSchedule = Omit<CreateScheduleCommandInput, 'Name' | 'ClientToken'>;

const MINUTE = 60_000;
const SECOND = 1_000;

/** What the schedule of a listener rule is called: always the same, so that it is found without any record. */
export function scheduleName(rule: string): string {
  return `forge-${createHash('sha256').update(rule).digest('hex').slice(0, 40)}`;
}

/** One call that gives a rule these actions at `at` (milliseconds since the epoch), and then is gone. */
export function switchSchedule(
  rule: { arn: string; actions: Action[] },
  { at, after, role }: { at: number /** How long the switch waits in all. */; after: number; role: string },
): SwitchSchedule {
  return {
    Description: 'Set by Forge: moves traffic back if Forge falls silent while it is split.',
    ScheduleExpression: `at(${momentOf(at, after)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:elasticloadbalancingv2:modifyRule',
      RoleArn: role,
      Input: JSON.stringify({ RuleArn: rule.arn, Actions: rule.actions }),
      // Long enough to outlast throttling, too short to meet what is done much later.
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 900 },
    },
  };
}

/**
 * Rounded up, for it must not fire while it is still put off: to the minute, which is as precisely as EventBridge keeps
 * time; to the second where the switch waits less than two minutes.
 */
function momentOf(at: number, after: number): string {
  const grain = after < 2 * MINUTE ? SECOND : MINUTE;
  return new Date(Math.ceil(at / grain) * grain).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
}

/** Whether a schedule that exists will still fire: it is neither turned off nor over. */
export function isPending(schedule: GetScheduleCommandOutput, now: number): boolean {
  const moment = /^at\((.+)\)$/.exec(schedule.ScheduleExpression ?? '')?.[1];
  return schedule.State === 'ENABLED' && Date.parse(`${moment}Z`) + MINUTE > now;
}
