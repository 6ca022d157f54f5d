import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import type { StartPlace } from '../src/domain/freeze.ts';
import type { Lock } from '../src/domain/lock.ts';
import type { FieldValues } from '../src/ports/incoming.ts';
import type { LockOutcome } from '../src/use-cases/lock.ts';
import {
  lockChangedMessage,
  lockHandedOverMessage,
  lockPlacedMessage,
  lockProlongedMessage,
  lockTakenMessage,
} from '../views/locks.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { fieldText, fieldTime } from './form-fields.ts';
import { lockForm } from './lock-form.ts';
import { lockFromWords } from './lock-words.ts';
import { Reason } from './reason.ts';
import { Time } from './restriction-input.ts';
import { restrictionMisfit } from './restriction-place.ts';

const Input = z.strictObject({
  environment: z.string({ error: 'Choose an environment.' }),
  service: z.string().optional(),
  /** Slack id of the person who is to have it. Absent: who asks. */
  to: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/u)
    .optional(),
  until: Time.optional(),
  why: Reason,
});
type Input = z.infer<typeof Input>;

const Hidden = z.looseObject({ to: z.string().optional() });

export const lock = defineCommand<Input>({
  name: 'lock',
  usage: 'lock <environment> [service] [until <time>] [@person] because …',
  summary:
    'nobody but you, or the person you name, starts anything there meanwhile; also prolongs a lock or hands it over',
  act: 'lock',
  place: ({ environment, service }) => placeIn({ environment, service }),
  input: Input,
  fromWords: lockFromWords,
  fromForm: (values: FieldValues, hidden) => ({
    environment: fieldText(values, 'environment'),
    service: fieldText(values, 'service'),
    to: Hidden.safeParse(hidden).data?.to,
    until: fieldTime(values, 'until'),
    why: fieldText(values, 'why'),
  }),
  misfit: restrictionMisfit,
  run,
});

/** Who has a lock of exactly that place keeps it for longer or hands it over; else it is placed anew. */
async function run(input: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const problem = restrictionMisfit(input, forge.policy);
  if (problem !== undefined) throw new UserError(`${problem.message} Nothing was done.`);
  const place = placeIn(input);
  const found = (await forge.locks()).find(
    (one) => one.environment === place.environment && one.service === place.service,
  );
  const me = caller.actor.userId;
  if (found === undefined) return placeAnew(input, place, asking);
  const to = input.to ?? me;
  if (to !== found.owner && input.to !== undefined) return handOver(input.to, found, input, asking);
  if (found.owner !== me) return { kind: 'private', message: lockTakenMessage(found) };
  return prolong(found, input, asking);
}

async function placeAnew(input: Input, place: StartPlace, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const { to, until, why } = input;
  const owner = to ?? caller.actor.userId;
  if (owner !== caller.actor.userId) await requireReceivable(owner, place, asking, { isOthers: true });
  if (until === undefined || why === undefined) {
    return lockForm({ ...shownOf(input), note: 'Until when, and why? Nothing is locked yet.' }, asking);
  }
  const outcome = await forge.placeLock({ place, owner, reason: why, until }, caller);
  return told(outcome, asking, (done) => lockPlacedMessage(done, caller.actor.userId));
}

async function handOver(to: string, found: Lock, { until, why }: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const isOthers = found.owner !== caller.actor.userId;
  await requireReceivable(to, placeIn(found), asking, { isOthers });
  const outcome = await forge.handOverLock(
    {
      ...{ seen: found, to },
      ...(until === undefined ? {} : { until }),
      ...(why === undefined ? {} : { why }),
    },
    caller,
  );
  return told(outcome, asking, lockHandedOverMessage);
}

/** Throws a `UserError` unless the person may hold it, and unless the asker may give it to them. */
async function requireReceivable(
  to: string,
  place: StartPlace,
  asking: Asking,
  { isOthers }: { isOthers: boolean },
): Promise<void> {
  if (isOthers) await asking.permit({ act: 'lock-for-others', ...place });
  try {
    await asking.permit({ act: 'lock', ...place }, to);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`<@${to}> cannot have this lock. ${error.message}`, { cause: error });
  }
}

async function prolong(found: Lock, { until }: Input, asking: Asking): Promise<Reply> {
  if (until === undefined) {
    throw new UserError(
      `You have that lock already, as ${found.id}. To keep it for longer, type the command with \`until\`; to end it, \`/forge unlock ${found.id}\`. Nothing was done.`,
    );
  }
  const outcome = await asking.forge.prolongLock({ seen: found, until }, asking.caller);
  return told(outcome, asking, lockProlongedMessage);
}

function told(
  outcome: LockOutcome,
  { forge }: Asking,
  done: (lock: Lock) => ReturnType<typeof lockProlongedMessage>,
): Reply {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'private', message: done(outcome.lock) };
    case 'taken':
      return { kind: 'private', message: lockTakenMessage(outcome.by) };
    case 'changed':
      return { kind: 'private', message: lockChangedMessage(outcome.lock, forge.now()) };
  }
}

function placeIn({
  environment,
  service,
}: {
  environment: string;
  service?: string | undefined;
}): StartPlace {
  return { environment, ...(service === undefined ? {} : { service }) };
}

function shownOf({ environment, service, to, until, why }: Input) {
  return {
    environment,
    ...(service === undefined ? {} : { service }),
    ...(until === undefined ? {} : { until }),
    ...(why === undefined ? {} : { why }),
    ...(to === undefined ? {} : { hidden: { to } }),
  };
}
