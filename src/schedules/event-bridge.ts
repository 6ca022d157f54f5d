import type { Message } from '@aws-sdk/client-sqs';
import type { AwsClients } from '../aws/clients.ts';
import type { SchedulesPolicy } from '../domain/policy.ts';
import { deleteSchedule, putSchedule } from '../platforms/ecs/schedules.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { DueSignal, ScheduleDriver } from '../ports/schedule-driver.ts';
import { occurrenceIn } from './message-body.ts';
import { occurrenceSchedule, scheduleName } from './occurrence-schedule.ts';
import { createQueue } from './queue.ts';

/**
 * Occurrences as one-time schedules of EventBridge Scheduler, which send their signals through a queue of SQS. A message that
 * is none of Forge's is left where it is: the queue's own redrive policy moves it to its dead letters.
 */
export function createEventBridgeDriver(options: {
  policy: SchedulesPolicy;
  clients: AwsClients;
  clock: Pick<Clock, 'now'>;
  log: Log;
}): ScheduleDriver {
  const { policy, clients, clock, log } = options;
  const [, , , region = ''] = policy.queue.split(':');
  const queue = createQueue(policy.queue, clients);
  const { scheduler } = clients.in(region).act;

  function signalsIn(message: Message): DueSignal[] {
    const occurrence = occurrenceIn(message.Body ?? '');
    if (occurrence === undefined) {
      log.warn('The queue of schedules holds a message that is not of Forge; it is left there', {
        queue: policy.queue,
        message: message.MessageId,
      });
      return [];
    }
    const what = `take the signal of ${occurrence.name} out of its queue`;
    return [{ ...occurrence, done: ({ signal }) => queue.delete(message, { what, signal }) }];
  }

  return {
    async set(occurrence, { signal }) {
      await putSchedule(scheduler, occurrenceSchedule(occurrence, policy, clock.now()), {
        name: scheduleName(occurrence.name),
        what: `set the schedule ${occurrence.name}`,
        signal,
        // What comes about later is only one more signal.
        onUnclear: () => undefined,
      });
    },
    async delete(name, { signal }) {
      const what = `take the schedule ${name} away`;
      await deleteSchedule(scheduler, { name: scheduleName(name), group: policy.group, what, signal });
    },
    async receive({ signal }) {
      const messages = await queue.receive({ what: 'ask the queue of schedules what is due', signal });
      return messages.flatMap(signalsIn);
    },
  };
}
