import { createHash } from 'node:crypto';
import type { CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import type { SchedulesPolicy } from '../domain/policy.ts';
import type { Occurrence } from '../ports/schedule-driver.ts';
import { bodyOf } from './message-body.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
/** The most characters EventBridge keeps. */
const longestDescription = 512;

/** What the schedule of an occurrence is called: always the same, so that it is found without any record. */
export function scheduleName(name: string): string {
  return `forge-schedule-${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
}

/** Sends one message to the queue when the occurrence is due, and then is gone. All of it but its name: an update replaces everything. */
export function occurrenceSchedule(
  occurrence: Occurrence,
  { queue, role, group, deadLetters }: SchedulesPolicy,
  now: number,
): Omit<CreateScheduleCommandInput, 'Name' | 'ClientToken'> {
  return {
    GroupName: group,
    Description: `Set by Forge: ${occurrence.name}`.slice(0, longestDescription),
    ScheduleExpression: `at(${momentOf(occurrence.at, now)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: queue,
      RoleArn: role,
      Input: bodyOf(occurrence),
      DeadLetterConfig: { Arn: deadLetters },
      // Long enough to outlast throttling; what is more than ten minutes late is asked about, not started by a signal.
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 600 },
    },
  };
}

/**
 * Rounded up, so that it is not early: to the minute, which is as precisely as EventBridge keeps time; to the second where less
 * than two minutes are left. Never in the past: whether EventBridge fires such a schedule is not documented.
 */
function momentOf(at: number, now: number): string {
  const grain = at - now < 2 * MINUTE ? SECOND : MINUTE;
  const moment = Math.ceil(Math.max(at, now + SECOND) / grain) * grain;
  return new Date(moment).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
}
