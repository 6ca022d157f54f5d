import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { World } from '../world.ts';
import type { Queue, QueueSettings, RedrivePolicy } from './model.ts';
import { defaultSettings, queueByArn } from './queues.ts';

const ranges = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1_024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
} as const;
type Ranged = keyof typeof ranges;

const Redrive = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1_000).default(10),
});

/** What a new queue's attributes come to; all values are texts. Throws as SQS refuses. */
export function readSettings(
  attributes: Record<string, string>,
  owner: { world: World; queue: Pick<Queue, 'account' | 'region'> },
): QueueSettings {
  const settings: QueueSettings = { ...defaultSettings };
  for (const [name, value] of Object.entries(attributes)) {
    if (isRanged(name)) settings[name] = within(name, value);
    else if (name === 'RedrivePolicy') settings.RedrivePolicy = readRedrive(value, owner);
    else throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  return settings;
}

function isRanged(name: string): name is Ranged {
  return Object.hasOwn(ranges, name);
}

function within(name: Ranged, text: string): number {
  const [least, most] = ranges[name];
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

function readRedrive(
  text: string,
  { world, queue }: { world: World; queue: Pick<Queue, 'account' | 'region'> },
): RedrivePolicy {
  const read = Redrive.safeParse(json(text));
  if (!read.success) refuseRedrive(text, 'It is not a redrive policy.');
  const target = queueByArn(world, read.data.deadLetterTargetArn);
  if (target === undefined) refuseRedrive(text, 'Dead letter target does not exist.');
  if (target.account !== queue.account || target.region !== queue.region) {
    refuseRedrive(text, 'Dead letter target must be in the same account and region.');
  }
  return read.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuseRedrive(value: string, reason: string): never {
  throw new AwsError(
    'InvalidAttributeValue',
    `Value ${value} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
  );
}

/** What GetQueueAttributes tells; `now` in milliseconds since the epoch. */
export function queueAttributes(queue: Queue, now: number): Record<string, string> {
  const { RedrivePolicy: redrive, ...numbers } = queue.settings;
  const visible = queue.messages.filter(({ visibleAt }) => visibleAt.getTime() <= now).length;
  const waiting = queue.messages.filter((one) => one.visibleAt.getTime() > now);
  const inFlight = waiting.filter(({ receiveCount }) => receiveCount > 0).length;
  const counts = {
    ApproximateNumberOfMessages: visible,
    ApproximateNumberOfMessagesNotVisible: inFlight,
    ApproximateNumberOfMessagesDelayed: waiting.length - inFlight,
    CreatedTimestamp: Math.floor(queue.createdAt.getTime() / 1_000),
  };
  return {
    QueueArn: queue.arn,
    ...Object.fromEntries(
      Object.entries({ ...counts, ...numbers }).map(([name, value]) => [name, `${value}`]),
    ),
    ...(redrive !== undefined && { RedrivePolicy: JSON.stringify(redrive) }),
  };
}
