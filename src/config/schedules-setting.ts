import { z } from 'zod';
import type { SchedulesPolicy } from '../domain/policy.ts';
import { words } from './words.ts';

const arn = (what: string, how: string) =>
  words({ what, how, pattern: /^arn:aws(?:-[a-z]+)*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/ });

const usage =
  'EventBridge Scheduler then wakes Forge by a queue, besides the clock of Forge itself. Left out: that clock alone.';

/** Where EventBridge Scheduler tells Forge that a schedule is due. */
export const Schedules = z
  .strictObject({
    queue: arn(
      'the ARN of a standard SQS queue',
      'Forge is told there what is due. Write it like "arn:aws:sqs:us-east-1:111111111111:forge-schedules"; FIFO queues are not for this.',
    ),
    'dead letters': arn(
      'the ARN of another standard SQS queue',
      'EventBridge Scheduler puts there what it cannot deliver. Write it like "arn:aws:sqs:us-east-1:111111111111:forge-schedules-dead".',
    ),
    role: words({
      what: 'the ARN of an IAM role',
      how: 'EventBridge Scheduler sends with it: it may call sqs:SendMessage for both queues. Write it like "arn:aws:iam::111111111111:role/forge-schedules".',
      pattern: /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    }),
    group: words({
      what: 'the name of a schedule group',
      how: 'It is one of EventBridge Scheduler, and must exist. Leave it out for the group every account has: default.',
      pattern: /^[0-9A-Za-z_.-]{1,64}$/,
    }).default('default'),
  })
  .refine((written) => written.queue !== written['dead letters'], {
    path: ['dead letters'],
    error: 'What cannot be delivered to the queue cannot be delivered here either. Name another queue.',
  })
  .refine((written) => regionOf(written.queue) === regionOf(written['dead letters']), {
    path: ['dead letters'],
    error:
      'It is in another region than the queue. Name one of the same region: the schedules are there too.',
  })
  .transform(
    ({ queue, 'dead letters': deadLetters, role, group }): SchedulesPolicy => ({
      queue,
      deadLetters,
      role,
      group,
    }),
  )
  .describe(usage);

function regionOf(queue: string): string | undefined {
  return queue.split(':')[3];
}
