import { AwsError } from '../aws-error.ts';
import type { Scope } from '../names.ts';
import type { World } from '../world.ts';
import type { Queue, QueueSettings } from './model.ts';

export const defaultSettings: QueueSettings = {
  DelaySeconds: 0,
  MaximumMessageSize: 1_048_576,
  MessageRetentionPeriod: 345_600,
  ReceiveMessageWaitTimeSeconds: 0,
  VisibilityTimeout: 30,
};

export function queueArn({ account, region }: Scope, name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** `host` with its port, as the caller reached this AWS: clients send what they do with the queue there. */
export function queueUrl({ account, name }: Queue, host: string): string {
  return `http://${host}/${account}/${name}`;
}

export function addQueue(
  world: World,
  scope: Scope,
  queue: { name: string; settings: QueueSettings },
): Queue {
  const { name, settings } = queue;
  const { account, region } = scope;
  const arn = queueArn(scope, name);
  const added: Queue = { account, region, arn, name, settings, messages: [], createdAt: new Date() };
  world.queues.push(added);
  return added;
}

export function queueByArn(world: World, arn: string): Queue | undefined {
  return world.queues.find((queue) => queue.arn === arn);
}

/** The queue of a URL, whatever its host: its path names account and queue. Throws QueueDoesNotExist. */
export function queueOfUrl(world: World, { region }: Pick<Scope, 'region'>, url: string): Queue {
  const [, account = '', name = ''] = /^https?:\/\/[^/]+\/(\d{12})\/([^/]+)$/.exec(url) ?? [];
  return known(queueByArn(world, queueArn({ account, region }, name)));
}

export function known(queue: Queue | undefined): Queue {
  if (queue !== undefined) return queue;
  throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}
