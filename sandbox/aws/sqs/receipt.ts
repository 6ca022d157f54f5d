import { AwsError } from '../aws-error.ts';
import type { Message, Queue } from './model.ts';

/** The handle of a message as it was received just now: every receipt has one of its own. */
export function receiptHandle(queue: Queue, { id, receiveCount }: Message): string {
  return Buffer.from(`${queue.arn} ${id} ${receiveCount}`).toString('base64');
}

/**
 * The message a handle was given out for: `gone` when it was deleted or moved, `stale` when it was received again since.
 * Throws ReceiptHandleIsInvalid for a handle that nobody gave out for this queue.
 */
export function messageOf(
  queue: Queue,
  handle: string,
): { kind: 'current' | 'stale'; message: Message } | { kind: 'gone' } {
  const text = Buffer.from(handle, 'base64').toString();
  const [, arn, id, receipt] = /^(\S+) (\S+) (\d+)$/.exec(text) ?? [];
  if (arn !== queue.arn) {
    const message = `The input receipt handle "${handle}" is not a valid receipt handle.`;
    throw new AwsError('ReceiptHandleIsInvalid', message, { status: 404 });
  }
  const message = queue.messages.find((one) => one.id === id);
  if (message === undefined) return { kind: 'gone' };
  return { kind: message.receiveCount === Number(receipt) ? 'current' : 'stale', message };
}
