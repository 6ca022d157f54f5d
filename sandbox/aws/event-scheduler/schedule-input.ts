import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { QueueTarget, Schedule, ScheduleTarget } from './model.ts';
import { instantOf } from './moment.ts';

export const ScheduleName = z.object({
  Name: z.string().regex(/^[0-9a-zA-Z-_.]{1,64}$/),
  groupName: z.string().optional(),
});

const QueueArn = z.string().regex(/^arn:aws(-[a-z]+)?:sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]+$/, {
  error: 'is not the ARN of a standard queue of SQS',
});

const Target = z.looseObject({
  Arn: z.string(),
  RoleArn: z.string().regex(/^arn:aws(-[a-z]+)?:iam::\d{12}:role\/[\w+=,.@/-]+$/, {
    error: 'is not the ARN of a role',
  }),
  Input: z.string().min(1).optional(),
  RetryPolicy: z
    .object({
      MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
      MaximumRetryAttempts: z.int().min(0).max(185).default(185),
    })
    .prefault({}),
  DeadLetterConfig: z.object({ Arn: QueueArn.optional() }).optional(),
});
type Target = z.infer<typeof Target>;

/** What Create- and UpdateSchedule have in common; what is left out is reset. */
export const ScheduleInput = z.looseObject({
  Name: ScheduleName.shape.Name,
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().min(1).max(50).default('UTC'),
  FlexibleTimeWindow: z.looseObject({ Mode: z.literal('OFF', { error: 'this sandbox knows OFF only' }) }),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  ClientToken: z.string().min(1).max(64).optional(),
  Target,
});
export type ScheduleInput = z.infer<typeof ScheduleInput>;

/** Services whose operations a target may name, as the SDK spells them, and as credentials do. */
const callable: Record<string, string> = { elasticloadbalancingv2: 'elasticloadbalancing', ecs: 'ecs' };

/** What a schedule comes to. Throws ValidationException for what this sandbox does not know. */
export function readSchedule(
  input: ScheduleInput,
): Pick<Schedule, 'fireAt' | 'isEnabled' | 'isDeletedAfter' | 'target'> {
  return {
    fireAt: momentOf(input.ScheduleExpression, input.ScheduleExpressionTimezone),
    isEnabled: input.State === 'ENABLED',
    isDeletedAfter: input.ActionAfterCompletion === 'DELETE',
    target: targetOf(input.Target),
  };
}

function momentOf(expression: string, zone: string): Date {
  const time = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/.exec(expression)?.[1];
  const moment = time === undefined ? undefined : instantIn(zone, time);
  if (moment !== undefined) return moment;
  return refuse(
    `Invalid Schedule Expression ${expression}. This sandbox knows at(yyyy-mm-ddThh:mm:ss) only.`,
  );
}

function instantIn(zone: string, time: string): Date | undefined {
  // Intl takes offsets such as +02:00 for zones; they are in no list of IANA's.
  if (!/^[A-Za-z]/.test(zone)) return refuseZone(zone);
  try {
    return instantOf(time, zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuseZone(zone);
  }
}

function refuseZone(zone: string): never {
  return refuse(`Invalid Schedule Expression Timezone ${zone}.`);
}

function targetOf(target: Target): ScheduleTarget {
  return target.Arn.split(':')[2] === 'sqs' ? queueOf(target) : callOf(target);
}

function queueOf({ Arn, Input, RetryPolicy, DeadLetterConfig }: Target): QueueTarget {
  const arn = QueueArn.safeParse(Arn);
  if (!arn.success) refuse(`Provided Arn is not in correct format or not known here: ${Arn}`);
  const { MaximumEventAgeInSeconds: withinSeconds, MaximumRetryAttempts: most } = RetryPolicy;
  return {
    kind: 'queue',
    arn: arn.data,
    retries: { most, withinSeconds },
    ...(Input !== undefined && { body: Input }),
    ...(DeadLetterConfig?.Arn !== undefined && { deadLetters: DeadLetterConfig.Arn }),
  };
}

function callOf({ Arn, Input = '{}' }: Target): ScheduleTarget {
  const [, name = '', action = ''] = /^arn:aws:scheduler:::aws-sdk:(\w+):(\w+)$/.exec(Arn) ?? [];
  const service = callable[name];
  if (service === undefined) refuse(`Provided Arn is not in correct format or not known here: ${Arn}`);
  const operation = `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  return { kind: 'call', service, operation, input: inputOf(Input) };
}

function inputOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('Invalid RequestPayload: the target input is not JSON.');
  }
}

function refuse(message: string): never {
  throw new AwsError('ValidationException', message);
}
