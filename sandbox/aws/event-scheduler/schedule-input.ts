import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Schedule } from './model.ts';

export const ScheduleName = z.object({
  Name: z.string().regex(/^[0-9a-zA-Z-_.]{1,64}$/),
  groupName: z.string().optional(),
});

/** What Create- and UpdateSchedule have in common; what is left out is reset. */
export const ScheduleInput = z.looseObject({
  Name: ScheduleName.shape.Name,
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  FlexibleTimeWindow: z.looseObject({ Mode: z.literal('OFF', { error: 'this sandbox knows OFF only' }) }),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  ClientToken: z.string().min(1).max(64).optional(),
  Target: z.looseObject({ Arn: z.string(), RoleArn: z.string().min(1), Input: z.string().default('{}') }),
});
export type ScheduleInput = z.infer<typeof ScheduleInput>;

/** Services whose operations a target may name, as the SDK spells them, and as credentials do. */
const callable: Record<string, string> = { elasticloadbalancingv2: 'elasticloadbalancing', ecs: 'ecs' };

/** What a schedule comes to. Throws ValidationException for what this sandbox does not know. */
export function readSchedule(
  input: ScheduleInput,
): Pick<Schedule, 'fireAt' | 'isEnabled' | 'isDeletedAfter' | 'call'> {
  return {
    fireAt: momentOf(input.ScheduleExpression, input.ScheduleExpressionTimezone),
    isEnabled: input.State === 'ENABLED',
    isDeletedAfter: input.ActionAfterCompletion === 'DELETE',
    call: callOf(input.Target),
  };
}

function momentOf(expression: string, timezone: string): Date {
  if (timezone !== 'UTC') refuse('This sandbox knows schedules in UTC only.');
  const time = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/.exec(expression)?.[1];
  const moment = new Date(`${time}Z`);
  if (time === undefined || Number.isNaN(moment.getTime())) {
    refuse(`Invalid Schedule Expression ${expression}. This sandbox knows at(yyyy-mm-ddThh:mm:ss) only.`);
  }
  return moment;
}

function callOf({ Arn, Input }: ScheduleInput['Target']): Schedule['call'] {
  const [, name = '', action = ''] = /^arn:aws:scheduler:::aws-sdk:(\w+):(\w+)$/.exec(Arn) ?? [];
  const service = callable[name];
  if (service === undefined) refuse(`Provided Arn is not in correct format or not known here: ${Arn}`);
  return { service, operation: `${action.charAt(0).toUpperCase()}${action.slice(1)}`, input: inputOf(Input) };
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
