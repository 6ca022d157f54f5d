import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import { type Lock, overlap } from '../src/domain/lock.ts';
import type { ActPlace } from '../src/domain/people-policy.ts';
import type { Forge } from '../src/forge.ts';
import { lockChangedMessage, lockList, lockReleasedMessage, lockTakenMessage } from '../views/locks.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { only } from './given.ts';
import { Reason } from './reason.ts';
import { refuseUnknown, twoMeant } from './restriction-place.ts';
import { timedWords } from './timed-words.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({
  lock: z.string(),
  /** As it was when the person saw it. Absent: as it is. */
  version: z.int().optional(),
  why: Reason,
});
type Input = z.infer<typeof Input>;

export const unlock = defineCommand<Input>({
  name: 'unlock',
  usage: 'unlock <L-number or environment> [service] [because …]',
  summary: 'ends your lock before its time; release managers may end those of others',
  act: 'lock',
  place: ({ lock }, forge) => placeOfLock(lock, forge),
  input: Input,
  fromWords,
  run,
});

/** Which lock is meant: the one that is named, or that of exactly the place. Else they are listed, each with a button. */
async function fromWords(words: Words, asking: Asking): Promise<Reading> {
  const { forge } = asking;
  refuseUnusable(words, 'unlock', ['numbers', 'strategies', 'regions']);
  const { rest, until, from, for: duration } = timedWords(words, forge.policy);
  const isId = (word: string) => /^L\d{1,9}$/iu.test(word);
  refuseUnknown(
    rest.filter((word) => !isId(word)),
    'unlock',
    forge.policy,
  );
  if (until !== undefined || from !== undefined || duration !== undefined) {
    throw new UserError('Nothing was done: `unlock` ends a lock at once and takes no time.');
  }
  const why = words.why === undefined ? {} : { why: words.why };
  const ids = rest.filter(isId).map((word) => word.toUpperCase());
  const isPlaceNamed = words.environments.length + words.services.length > 0;
  if (ids.length === 1 && !isPlaceNamed) return { kind: 'input', value: { lock: only(ids), ...why } };
  await asking.permit({ act: 'read' });
  const locks = await forge.locks();
  const isClear = ids.length === 0 && twoMeant(words) === undefined;
  const one = isClear ? locks.find((lock) => isOf(lock, words)) : undefined;
  if (one !== undefined) return { kind: 'input', value: { lock: one.id, version: one.version, ...why } };
  return { kind: 'reply', reply: listed(locks, words) };
}

function isOf({ environment, service }: Lock, words: Words): boolean {
  return environment === only(words.environments) && service === only(words.services);
}

function listed(locks: readonly Lock[], words: Words): Reply {
  const environment = only(words.environments);
  const service = only(words.services);
  const place = service === undefined ? {} : { service };
  const near =
    environment === undefined ? locks : locks.filter((lock) => overlap(lock, { environment, ...place }));
  if (near.length === 0) throw new UserError('Nobody has locked anything there. Nothing was done.');
  return { kind: 'private', message: lockList('Which lock do you mean? Nothing was done yet.', near) };
}

async function placeOfLock(id: string, forge: Forge): Promise<ActPlace> {
  const lock = await forge.lock(id);
  if (lock === undefined) return {};
  const { environment, service } = lock;
  return { environment, ...(service === undefined ? {} : { service }) };
}

async function run({ lock: id, version, why }: Input, { forge, caller, permit }: Asking): Promise<Reply> {
  const lock = await forge.lock(id);
  if (lock === undefined) throw new UserError(`There is no lock ${id}. Nothing was done.`);
  if (lock.owner !== caller.actor.userId) {
    await permit({ act: 'lock-for-others', ...(await placeOfLock(id, forge)) });
  }
  const seen = { id: lock.id, version: version ?? lock.version };
  const outcome = await forge.releaseLock({ seen, ...(why === undefined ? {} : { why }) }, caller);
  switch (outcome.kind) {
    case 'done':
      return { kind: 'private', message: lockReleasedMessage(outcome.lock) };
    case 'taken':
      return { kind: 'private', message: lockTakenMessage(outcome.by) };
    case 'changed':
      return { kind: 'private', message: lockChangedMessage(outcome.lock, forge.now()) };
  }
}
