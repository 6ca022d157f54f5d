import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import { type Freeze, type FreezeScope, isSameScope, touches } from '../src/domain/freeze.ts';
import type { ActPlace } from '../src/domain/people-policy.ts';
import type { Forge } from '../src/forge.ts';
import { freezeLiftedMessage, freezeList } from '../views/freezes.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { only } from './given.ts';
import { Reason } from './reason.ts';
import { refuseUnknown, twoMeant } from './restriction-place.ts';
import { timedWords } from './timed-words.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({ freeze: z.string(), why: Reason });
type Input = z.infer<typeof Input>;

export const unfreeze = defineCommand<Input>({
  name: 'unfreeze',
  usage: 'unfreeze <F-number, or environment or everywhere> [service] [because …]',
  summary: 'ends a freeze before its time',
  act: 'freeze',
  place: ({ freeze }, forge) => placeOfFreeze(freeze, forge),
  input: Input,
  fromWords,
  run,
});

/** Which freeze is meant: the one that is named, or the only one of exactly that place. Else they are listed, each with a button. */
async function fromWords(words: Words, asking: Asking): Promise<Reading> {
  const { forge } = asking;
  refuseUnusable(words, 'unfreeze', ['numbers', 'strategies', 'regions']);
  const timed = timedWords(words, forge.policy);
  const ids = timed.rest.filter((word) => /^F\d{1,9}$/iu.test(word)).map((word) => word.toUpperCase());
  refuseUnknown(
    timed.rest.filter((word) => !/^F\d{1,9}$/iu.test(word)),
    'unfreeze',
    forge.policy,
  );
  refuseTimes(timed);
  const why = words.why === undefined ? {} : { why: words.why };
  const isPlaceNamed = words.environments.length + words.services.length > 0 || timed.isEverywhere;
  if (ids.length === 1 && !isPlaceNamed) return { kind: 'input', value: { freeze: only(ids), ...why } };
  await asking.permit({ act: 'read' });
  const freezes = await forge.freezes();
  const same = freezes.filter(({ scope }) => isSameScope(scope, scopeOf(words)));
  const isTwoPlaces = twoMeant(words) !== undefined || (timed.isEverywhere && words.environments.length > 0);
  const isClear = isPlaceNamed && ids.length === 0 && !isTwoPlaces;
  const one = isClear && same.length === 1 ? same[0] : undefined;
  if (one !== undefined) return { kind: 'input', value: { freeze: one.id, ...why } };
  return { kind: 'reply', reply: listed(freezes, words, forge) };
}

function refuseTimes({ until, from, for: duration }: ReturnType<typeof timedWords>): void {
  if (until === undefined && from === undefined && duration === undefined) return;
  throw new UserError(
    'Nothing was done: `unfreeze` ends a freeze at once and takes no time. To freeze for another time, type `/forge freeze …`.',
  );
}

function scopeOf({ services, environments }: Words): FreezeScope {
  return {
    ...(services.length === 0 ? {} : { services }),
    ...(environments.length === 0 ? {} : { environments }),
  };
}

function listed(freezes: readonly Freeze[], words: Words, forge: Forge): Reply {
  const environment = only(words.environments);
  const service = only(words.services);
  const place = { ...(service === undefined ? {} : { service }) };
  const near =
    environment === undefined
      ? freezes
      : freezes.filter(({ scope }) => touches(scope, { environment, ...place }));
  if (near.length === 0) {
    throw new UserError('Nothing is frozen there, now or later. Nothing was done.');
  }
  const message = freezeList('Which freeze do you mean? Nothing was done yet.', near, forge.now());
  return { kind: 'private', message };
}

/** A freeze of one environment is for those to end who may freeze that; a wider one for those who may everywhere. */
async function placeOfFreeze(id: string, forge: Forge): Promise<ActPlace> {
  const freeze = await forge.freeze(id);
  const environment = only(freeze?.scope.environments ?? []);
  const service = only(freeze?.scope.services ?? []);
  return {
    ...(environment === undefined ? {} : { environment }),
    ...(service === undefined ? {} : { service }),
  };
}

async function run({ freeze, why }: Input, { forge, caller }: Asking): Promise<Reply> {
  const lifted = await forge.liftFreeze({ freeze, ...(why === undefined ? {} : { why }) }, caller);
  return { kind: 'private', message: freezeLiftedMessage(lifted) };
}
