import { createHash } from 'node:crypto';
import type { Message, Queue } from './model.ts';
import { receiptHandle } from './receipt.ts';

/** A message as ReceiveMessage gives it: only the attributes that were asked for; `All` asks for every one. */
export function messageView(
  queue: Queue,
  message: Message,
  wanted: { system: readonly string[]; own: readonly string[] },
): object {
  const system = only(wanted.system, systemAttributes(queue, message));
  const own = only(wanted.own, message.attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue, message),
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(system !== undefined && { Attributes: system }),
    ...(own !== undefined && {
      MessageAttributes: Object.fromEntries(
        Object.entries(own).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
      ),
      MD5OfMessageAttributes: md5(attributesAsBytes(own)),
    }),
  };
}

export function md5(content: string | Buffer): string {
  return createHash('md5').update(content).digest('hex');
}

function systemAttributes(queue: Queue, message: Message): Record<string, string> {
  const { sentAt, firstReceivedAt = sentAt, receiveCount, deadLetterSource } = message;
  return {
    ApproximateReceiveCount: `${receiveCount}`,
    ApproximateFirstReceiveTimestamp: `${firstReceivedAt.getTime()}`,
    SentTimestamp: `${sentAt.getTime()}`,
    SenderId: queue.account,
    ...(deadLetterSource !== undefined && { DeadLetterQueueSourceArn: deadLetterSource }),
  };
}

function only(
  wanted: readonly string[],
  attributes: Record<string, string>,
): Record<string, string> | undefined {
  const chosen = Object.entries(attributes).filter(
    ([name]) => wanted.includes('All') || wanted.includes(name),
  );
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

/** Of each attribute, in the order of their names: name, type and value, each with its length before it. */
function attributesAsBytes(attributes: Record<string, string>): Buffer {
  const names = Object.keys(attributes).toSorted();
  const isString = Buffer.from([1]);
  return Buffer.concat(
    names.flatMap((name) => [
      withLength(name),
      withLength('String'),
      isString,
      withLength(attributes[name] ?? ''),
    ]),
  );
}

function withLength(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
