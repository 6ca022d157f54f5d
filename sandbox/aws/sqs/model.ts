import type { Scope } from '../names.ts';

/** A standard queue of SQS. */
export type Queue = Scope & {
  arn: string;
  name: string;
  settings: QueueSettings;
  messages: Message[];
  createdAt: Date;
};

/** As AWS names them. Seconds, except for the size: bytes. */
export type QueueSettings = {
  DelaySeconds: number;
  MaximumMessageSize: number;
  MessageRetentionPeriod: number;
  ReceiveMessageWaitTimeSeconds: number;
  VisibilityTimeout: number;
  RedrivePolicy?: RedrivePolicy;
};

/** Where a message goes that was received more than `maxReceiveCount` times. */
export type RedrivePolicy = { deadLetterTargetArn: string; maxReceiveCount: number };

export type Message = {
  id: string;
  body: string;
  /** All of them are strings. */
  attributes: Record<string, string>;
  sentAt: Date;
  /** Nobody receives it before; while it is in flight, when it comes again. */
  visibleAt: Date;
  firstReceivedAt?: Date;
  receiveCount: number;
  /** Of a dead letter: the ARN of the queue it was taken from. */
  deadLetterSource?: string;
};
