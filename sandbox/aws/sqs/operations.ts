import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { type Operation, operation } from '../operation.ts';
import { scaledMs } from '../world.ts';
import { md5, messageView } from './message-view.ts';
import { isVisible, receiveMessages, sendMessage } from './messages.ts';
import { queueOperations } from './queue-operations.ts';
import { queueOfUrl } from './queues.ts';
import { messageOf } from './receipt.ts';

const QueueUrl = z.string();
const Hidden = z.int().min(0).max(43_200);
const refusal = 'InvalidParameterValue';

const Sent = z.object({
  QueueUrl,
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: z.undefined({ error: 'this sandbox knows no attributes of messages' }).optional(),
});

const send = operation(Sent, refusal, (input, { world, scope }) => {
  const queue = queueOfUrl(world, scope, input.QueueUrl);
  const { MessageBody: body, DelaySeconds: delaySeconds } = input;
  if (!isAllowed(body)) {
    throw new AwsError('InvalidMessageContents', 'Invalid characters found in the message.');
  }
  const most = queue.settings.MaximumMessageSize;
  if (Buffer.byteLength(body) > most) {
    throw new AwsError(
      refusal,
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  }
  const sent = sendMessage(world, queue, { body, ...(delaySeconds !== undefined && { delaySeconds }) });
  return { MessageId: sent.id, MD5OfMessageBody: md5(body) };
});

/** What XML 1.0 knows as characters. */
function isAllowed(body: string): boolean {
  return /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(body);
}

const Wanted = z.object({
  QueueUrl,
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: Hidden.optional(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});

const receive = operation(Wanted, refusal, (input, { world, scope }) => {
  const queue = queueOfUrl(world, scope, input.QueueUrl);
  const hiddenSeconds = input.VisibilityTimeout ?? queue.settings.VisibilityTimeout;
  const messages = receiveMessages(world, queue, { most: input.MaxNumberOfMessages, hiddenSeconds });
  if (messages.length === 0) return {};
  const wanted = {
    system: [...input.AttributeNames, ...input.MessageSystemAttributeNames],
    own: input.MessageAttributeNames,
  };
  return { Messages: messages.map((message) => messageView(queue, message, wanted)) };
});

const Held = z.object({ QueueUrl, ReceiptHandle: z.string() });

/** Idempotent. A receipt that another one followed deletes nothing, as the message is somebody else's now. */
const deleteMessage = operation(Held, refusal, ({ QueueUrl: url, ReceiptHandle }, { world, scope }) => {
  const queue = queueOfUrl(world, scope, url);
  const found = messageOf(queue, ReceiptHandle);
  if (found.kind === 'current') queue.messages.splice(queue.messages.indexOf(found.message), 1);
  return {};
});

const Hiding = Held.extend({ VisibilityTimeout: Hidden });

const changeVisibility = operation(Hiding, refusal, (input, { world, scope }) => {
  const found = messageOf(queueOfUrl(world, scope, input.QueueUrl), input.ReceiptHandle);
  if (found.kind === 'gone') {
    throw new AwsError(refusal, 'Message does not exist or is not available for visibility timeout change.');
  }
  const now = Date.now();
  if (found.kind === 'stale' || isVisible(found.message, now)) {
    throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
  }
  found.message.visibleAt = new Date(now + scaledMs(world, input.VisibilityTimeout));
  return {};
});

/** The part of SQS this sandbox knows. */
export const sqsOperations: Record<string, Operation> = {
  ...queueOperations,
  ChangeMessageVisibility: changeVisibility,
  DeleteMessage: deleteMessage,
  ReceiveMessage: receive,
  SendMessage: send,
};
