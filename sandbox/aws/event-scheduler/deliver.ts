import { randomUUID } from 'node:crypto';
import type { Fault, Faults } from '../../faults.ts';
import { sendMessage } from '../sqs/messages.ts';
import { queueByArn } from '../sqs/queues.ts';
import { scaledMs, type World } from '../world.ts';
import type { QueueTarget, Schedule } from './model.ts';

/** The first pause between two tries, in AWS's seconds; each further one is twice as long, up to a minute. */
const firstPauseSeconds = 1;
const longestPauseSeconds = 60;

type Around = { world: World; faults: Faults; now: number };
type Failure = { code: string; message: string; exhausted?: string };

/** `over`: it is delivered, or can never be. */
type Outcome = { kind: 'over'; refusal?: string } | { kind: 'again'; at: number; failed: number };

/**
 * One try of a schedule to put its message into its queue. A fault of `scheduler` `deliver:sqs` spoils it: what fails is
 * tried again within the retry policy and then is a dead letter, what only is not answered arrives twice, and what hangs is lost.
 */
export function deliver(schedule: Schedule, target: QueueTarget, around: Around): Outcome {
  const { world, faults, now } = around;
  const fault = faults.take('scheduler', 'deliver:sqs');
  const failed = schedule.tries?.failed ?? 0;
  switch (fault?.kind) {
    case undefined:
      return put(schedule, target, world);
    case 'slow':
      return { kind: 'again', at: now + fault.ms, failed };
    case 'hang':
      return { kind: 'over' };
    case 'error-after':
    case 'cut-after':
      put(schedule, target, world);
      return again(schedule, target, around);
    case 'error':
    case 'throttle':
    case 'cut-before':
      return again(schedule, target, around);
    case 'refuse':
      return lay(schedule, target, { world, failure: refusalOf(fault) });
    case 'duplicate':
    case 'lose-ack':
      throw new Error(`${fault.kind} is a fault of Slack's deliveries only`);
  }
}

function refusalOf({ error = 'AccessDeniedException' }: Fault): Failure {
  return { code: error, message: 'The sandbox was told to refuse this delivery' };
}

function put(schedule: Schedule, target: QueueTarget, world: World): Outcome {
  const queue = queueByArn(world, target.arn);
  if (queue === undefined) {
    const code = 'AWS.SimpleQueueService.NonExistentQueue';
    const failure = { code, message: 'The specified queue does not exist.' };
    return lay(schedule, target, { world, failure });
  }
  sendMessage(world, queue, { body: bodyOf(schedule, target) });
  return { kind: 'over' };
}

function again(schedule: Schedule, target: QueueTarget, { world, now }: Around): Outcome {
  const failed = (schedule.tries?.failed ?? 0) + 1;
  const { most, withinSeconds } = target.retries;
  const pauseSeconds = Math.min(firstPauseSeconds * 2 ** (failed - 1), longestPauseSeconds);
  const at = now + scaledMs(world, pauseSeconds);
  const isTooLate = at > schedule.fireAt.getTime() + scaledMs(world, withinSeconds);
  if (failed <= most && !isTooLate) return { kind: 'again', at, failed };
  const exhausted = failed > most ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds';
  const failure = { code: 'InternalFailure', message: 'The queue did not answer.', exhausted };
  return lay(schedule, target, { world, failure, retries: failed - 1 });
}

/** Lays what cannot be delivered among the dead letters, with what is known about it. */
function lay(
  schedule: Schedule,
  target: QueueTarget,
  { world, failure, retries = 0 }: { world: World; failure: Failure; retries?: number },
): Outcome {
  const letters = target.deadLetters === undefined ? undefined : queueByArn(world, target.deadLetters);
  if (letters !== undefined) {
    const attributes = {
      ERROR_CODE: failure.code,
      ERROR_MESSAGE: failure.message,
      EXECUTION_ID: randomUUID(),
      ...(failure.exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: failure.exhausted }),
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: `${retries}`,
      SCHEDULED_TIME: toTheSecond(schedule.fireAt),
      SCHEDULE_ARN: schedule.arn,
      TARGET_ARN: target.arn,
    };
    sendMessage(world, letters, { body: bodyOf(schedule, target), attributes });
  }
  return { kind: 'over', refusal: failure.message };
}

function bodyOf(schedule: Schedule, target: QueueTarget): string {
  if (target.body !== undefined) return target.body;
  const { account, region, arn, fireAt } = schedule;
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time: toTheSecond(fireAt),
    region,
    resources: [arn],
    detail: '{}',
  });
}

function toTheSecond(moment: Date): string {
  return `${moment.toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
}
