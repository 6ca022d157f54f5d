import { AwsError } from '../aws-error.ts';
import type { Scope } from '../names.ts';
import { type Context, type Operation, operation } from '../operation.ts';
import type { Schedule } from './model.ts';
import { readSchedule, ScheduleInput, ScheduleName } from './schedule-input.ts';

/** Idempotent by client token: the same one again answers with the same schedule. */
const createSchedule = operation(ScheduleInput, 'ValidationException', (input, { world, scope }) => {
  const known = find(world.schedules, scope, input.Name, input.GroupName);
  if (known !== undefined && (input.ClientToken === undefined || known.clientToken !== input.ClientToken)) {
    throw new AwsError('ConflictException', `Schedule ${input.Name} already exists.`, { status: 409 });
  }
  if (known !== undefined) return { ScheduleArn: known.arn };
  const { account, region } = scope;
  const now = new Date();
  const schedule: Schedule = {
    account,
    region,
    arn: `arn:aws:scheduler:${region}:${account}:schedule/${input.GroupName}/${input.Name}`,
    name: input.Name,
    group: input.GroupName,
    clientToken: input.ClientToken,
    ...readSchedule(input),
    input: shown(input),
    createdAt: now,
    changedAt: now,
  };
  world.schedules.push(schedule);
  return { ScheduleArn: schedule.arn };
});

/** Replaces the whole schedule. Idempotent. */
const updateSchedule = operation(ScheduleInput, 'ValidationException', (input, context) => {
  const schedule = known(context, input.Name, input.GroupName);
  Object.assign(schedule, readSchedule(input), { input: shown(input), changedAt: new Date() });
  delete schedule.fired;
  delete schedule.tries;
  return { ScheduleArn: schedule.arn };
});

const getSchedule = operation(ScheduleName, 'ValidationException', ({ Name, groupName }, context) => {
  const { arn, input, createdAt, changedAt } = known(context, Name, groupName);
  return { Arn: arn, ...input, CreationDate: createdAt, LastModificationDate: changedAt };
});

const deleteSchedule = operation(ScheduleName, 'ValidationException', ({ Name, groupName }, context) => {
  const { schedules } = context.world;
  schedules.splice(schedules.indexOf(known(context, Name, groupName)), 1);
  return {};
});

/** The part of EventBridge Scheduler's API this sandbox knows. */
export const schedulerOperations: Record<string, Operation> = {
  CreateSchedule: createSchedule,
  DeleteSchedule: deleteSchedule,
  GetSchedule: getSchedule,
  UpdateSchedule: updateSchedule,
};

function shown({ ClientToken: _, ...input }: ScheduleInput): Record<string, unknown> {
  return input;
}

function known({ world, scope }: Context, name: string, group = 'default'): Schedule {
  const found = find(world.schedules, scope, name, group);
  if (found !== undefined) return found;
  throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, { status: 404 });
}

function find(
  schedules: readonly Schedule[],
  scope: Scope,
  name: string,
  group: string,
): Schedule | undefined {
  return schedules.find(
    (one) =>
      one.account === scope.account &&
      one.region === scope.region &&
      one.name === name &&
      one.group === group,
  );
}
