import { queueArn } from '../../sandbox/aws/sqs/queues.ts';
import type { SchedulesPolicy } from '../../src/domain/policy.ts';
import type { ScheduleDriver } from '../../src/ports/schedule-driver.ts';
import { createEventBridgeDriver } from '../../src/schedules/event-bridge.ts';
import { type SandboxAws, startSandboxAws } from '../aws/sandbox-aws.ts';

const scope = { account: '111111111111', region: 'eu-central-1' };

export const schedulesPolicy: SchedulesPolicy = {
  queue: queueArn(scope, 'schedules'),
  deadLetters: queueArn(scope, 'undelivered'),
  role: 'arn:aws:iam::111111111111:role/forge-schedules',
  group: 'default',
};

/** Where what is received too often is laid. */
export const unread = queueArn(scope, 'unread');

export type SchedulesAws = SandboxAws & {
  driver: ScheduleDriver;
  /** What was written to the log. */
  warnings: { message: string; fields: unknown }[];
  /** Bodies of the messages that a queue holds now. */
  bodiesIn(arn: string): string[];
};

/** The sandbox's AWS with queues alone, and a driver for it. A minute of AWS takes 1.2 seconds. */
export async function startSchedulesAws({
  maxReceiveCount,
}: {
  maxReceiveCount: number;
}): Promise<SchedulesAws> {
  const redrive = { deadLetters: 'unread', maxReceiveCount };
  const sandbox = await startSandboxAws({
    seed: {
      account: scope.account,
      images: [],
      loadBalancers: [],
      services: [],
      queues: [
        { ...scope, name: 'undelivered' },
        { ...scope, name: 'unread' },
        { ...scope, name: 'schedules', redrive },
      ],
    },
    timing: { secondMs: 20 },
    running: 'in-process',
  });
  const warnings: SchedulesAws['warnings'] = [];
  const quiet = () => undefined;
  const driver = createEventBridgeDriver({
    policy: schedulesPolicy,
    clients: sandbox.clients,
    clock: { now: Date.now },
    log: {
      debug: quiet,
      info: quiet,
      warn: (message, fields) => warnings.push({ message, fields }),
      error: quiet,
    },
  });
  return {
    ...sandbox,
    driver,
    warnings,
    bodiesIn: (arn) =>
      sandbox.aws.truth.queues.find((queue) => queue.arn === arn)?.messages.map(({ body }) => body) ?? [],
  };
}
