import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { attemptBy, callAws, changeAws } from '../../aws/call.ts';
import { PlatformRefused, PlatformUnavailable } from '../../ports/platform.ts';
import type { SwitchSchedule } from './switch-schedule.ts';

/** `what` finishes the sentence "Could not …". `group`: the default one unless told. */
type Call = { name: string; group?: string; what: string; signal: AbortSignal };

/** More rounds mean that it is made and taken away while we look. */
const ROUNDS = 3;

/** Makes the schedule, or makes the one there is like it. `onUnclear`: AWS may yet make it, though it did not answer. */
export async function putSchedule(
  scheduler: SchedulerClient,
  schedule: SwitchSchedule,
  call: Call & { onUnclear: () => void },
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (await createSchedule(scheduler, schedule, call)) return;
    if (await updateSchedule(scheduler, schedule, call)) return;
  }
  throw new PlatformUnavailable(`Could not ${call.what}: somebody else keeps changing it in EventBridge.`);
}

/** False when there is one of that name already. */
async function createSchedule(
  scheduler: SchedulerClient,
  schedule: SwitchSchedule,
  { name, what, signal, onUnclear }: Call & { onUnclear: () => void },
): Promise<boolean> {
  const command = new CreateScheduleCommand({ ...schedule, Name: name });
  return unless('ConflictException', () =>
    changeAws(what, { signal, onUnclear }, (attempt) => {
      attemptBy(attempt, command);
      return scheduler.send(command);
    }),
  );
}

/** Replaces all of a schedule. False when there is none. */
export async function updateSchedule(
  scheduler: SchedulerClient,
  schedule: SwitchSchedule,
  { name, what, signal }: Call,
): Promise<boolean> {
  const command = new UpdateScheduleCommand({ ...schedule, Name: name });
  return unless('ResourceNotFoundException', () =>
    changeAws(what, { signal }, (attempt) => {
      attemptBy(attempt, command);
      return scheduler.send(command);
    }),
  );
}

/** Does nothing where there is none. */
export async function deleteSchedule(
  scheduler: SchedulerClient,
  { name, group, what, signal }: Call,
): Promise<void> {
  const command = new DeleteScheduleCommand({ Name: name, GroupName: group });
  await unless('ResourceNotFoundException', () =>
    changeAws(what, { signal }, (attempt) => {
      attemptBy(attempt, command);
      return scheduler.send(command);
    }),
  );
}

export async function findSchedule(
  scheduler: SchedulerClient,
  { name, what, signal }: Call,
): Promise<GetScheduleCommandOutput | undefined> {
  try {
    return await callAws(what, signal, (options) =>
      scheduler.send(new GetScheduleCommand({ Name: name }), options),
    );
  } catch (error) {
    if (isRefusal(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

async function unless(refusal: string, change: () => Promise<unknown>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if (isRefusal(error, refusal)) return false;
    throw error;
  }
}

function isRefusal(error: unknown, name: string): boolean {
  return error instanceof PlatformRefused && error.cause instanceof Error && error.cause.name === name;
}
