import { randomUUID } from 'node:crypto';
import { scaledMs, type World } from '../world.ts';
import type { Message, Queue } from './model.ts';
import { queueByArn } from './queues.ts';

/** Puts a message into a queue. `delaySeconds` instead of the queue's own. */
export function sendMessage(
  world: World,
  queue: Queue,
  message: { body: string; attributes?: Record<string, string>; delaySeconds?: number },
): Message {
  const now = Date.now();
  const { body, attributes = {}, delaySeconds = queue.settings.DelaySeconds } = message;
  const sent: Message = {
    id: randomUUID(),
    body,
    attributes,
    sentAt: new Date(now),
    visibleAt: new Date(now + scaledMs(world, delaySeconds)),
    receiveCount: 0,
  };
  queue.messages.push(sent);
  return sent;
}

/** Whether somebody who asks now gets something. What only would go to the dead letters counts not. */
export function hasMessages(world: World, queue: Queue): boolean {
  tidy(world, queue);
  return queue.messages.some((message) => isVisible(message, Date.now()));
}

/** Takes at most so many messages, and hides them for so long. */
export function receiveMessages(
  world: World,
  queue: Queue,
  { most, hiddenSeconds }: { most: number; hiddenSeconds: number },
): Message[] {
  tidy(world, queue);
  const now = Date.now();
  const received = queue.messages.filter((message) => isVisible(message, now)).slice(0, most);
  for (const message of received) {
    message.receiveCount += 1;
    message.firstReceivedAt ??= new Date(now);
    message.visibleAt = new Date(now + scaledMs(world, hiddenSeconds));
  }
  return received;
}

export function isVisible({ visibleAt }: Message, now: number): boolean {
  return visibleAt.getTime() <= now;
}

/** Takes out what is too old, and moves what was received too often to the dead letters. */
function tidy(world: World, queue: Queue): void {
  const now = Date.now();
  const { MessageRetentionPeriod, RedrivePolicy: redrive } = queue.settings;
  const oldest = now - scaledMs(world, MessageRetentionPeriod);
  const deadLetters = redrive === undefined ? undefined : queueByArn(world, redrive.deadLetterTargetArn);
  for (const message of [...queue.messages]) {
    const isTooOld = message.sentAt.getTime() < oldest;
    const isDead =
      redrive !== undefined && isVisible(message, now) && message.receiveCount >= redrive.maxReceiveCount;
    if (!isTooOld && (!isDead || deadLetters === undefined)) continue;
    queue.messages.splice(queue.messages.indexOf(message), 1);
    if (!isTooOld) deadLetters?.messages.push(deadLetter(message, queue));
  }
}

/** It keeps its id and its age. */
function deadLetter({ id, body, attributes, sentAt }: Message, from: Queue): Message {
  const fresh = { visibleAt: new Date(), receiveCount: 0 };
  return { id, body, attributes, sentAt, ...fresh, deadLetterSource: from.arn };
}
