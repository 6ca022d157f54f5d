import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { LongPoll } from '../operation.ts';
import { scaledMs } from '../world.ts';
import { hasMessages } from './messages.ts';
import { queueOfUrl } from './queues.ts';

const everyMs = 25;

const Wait = z.object({ QueueUrl: z.string(), WaitTimeSeconds: z.int().min(0).max(20).optional() });

/** Holds ReceiveMessage until there is a message, or the caller's time is up. What it refuses is refused at once. */
export const untilThereAreMessages: LongPoll = async (input, { world, scope }, gone) => {
  const read = Wait.safeParse(input);
  if (!read.success) return 'act';
  const queue = queueOfUrl(world, scope, read.data.QueueUrl);
  const { WaitTimeSeconds = queue.settings.ReceiveMessageWaitTimeSeconds } = read.data;
  const end = Date.now() + scaledMs(world, WaitTimeSeconds);
  while (!gone.aborted && !hasMessages(world, queue)) {
    const leftMs = end - Date.now();
    if (leftMs <= 0) break;
    await sleep(Math.min(leftMs, everyMs));
  }
  return gone.aborted ? 'gone' : 'act';
};
