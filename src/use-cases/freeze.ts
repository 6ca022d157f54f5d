import type { Caller } from '../domain/caller.ts';
import { UserError } from '../domain/errors.ts';
import { type Freeze, type FreezeScope, isAhead, touches } from '../domain/freeze.ts';
import type { Adapters } from './adapters.ts';
import { freezeTellings, liftTellings } from './restriction-tellings.ts';
import { wakeWaiting } from './wake-waiting.ts';

export type FreezeRequest = {
  scope: FreezeScope;
  /** Milliseconds since the epoch. Absent: from now on. */
  from?: number;
  until: number;
  reason: string;
};

type Used = Pick<Adapters, 'policy' | 'store' | 'clock'>;

/** Others may place freezes at the same moment and take the next id. */
const TRIES = 10;
/** Who fills in a form takes this long; what began before that was meant otherwise. Milliseconds. */
const FORM_TIME = 600_000;

/** Nothing starts in the scope from then on, but in an emergency. Throws a `UserError` for times that make no sense. */
export async function placeFreeze(request: FreezeRequest, caller: Caller, used: Used): Promise<Freeze> {
  const { store, clock, policy } = used;
  const { actor, arrival } = caller;
  for (let round = 0; round < TRIES; round += 1) {
    const now = clock.now();
    const id = await store.nextFreeze();
    const { scope, reason, until } = request;
    const from = beginning(request, now);
    const freeze = { id, scope, owner: actor.userId, reason, from, until };
    const result = await store.commit([
      { kind: 'place-freeze', freeze, by: actor },
      ...freezeTellings(freeze, now, policy),
      ...(await ringing(scope, caller, used)),
      { kind: 'finish-arrival', id: arrival, outcome: `freeze ${id}` },
    ]);
    if (result !== 'conflict') return { ...freeze, placedAt: now };
  }
  throw new Error(`Freezes were placed ${TRIES} times at the same moment`);
}

/** Ends a freeze before its time, or before it begins. Throws a `UserError` when there is nothing to end. */
export async function liftFreeze(
  { freeze: id, why }: { freeze: string; why?: string },
  caller: Caller,
  used: Used,
): Promise<Freeze> {
  const { store, clock, policy } = used;
  const now = clock.now();
  const freeze = await requireAhead(id, now, used);
  const reason = why === undefined ? {} : { why };
  const result = await store.commit([
    { kind: 'lift-freeze', id, by: caller.actor, ...reason },
    ...liftTellings(freeze, now, policy),
    ...(await ringing(freeze.scope, caller, used)),
    { kind: 'finish-arrival', id: caller.arrival, outcome: `lifted freeze ${id}` },
  ]);
  if (result === 'conflict') await requireAhead(id, clock.now(), used);
  if (result === 'conflict') throw new Error(`The freeze ${id} could not be lifted`);
  return freeze;
}

async function requireAhead(id: string, now: number, { store }: Used): Promise<Freeze> {
  const freeze = await store.freeze(id);
  if (freeze === undefined) throw new UserError(`There is no freeze ${id}. Nothing was done.`);
  if (isAhead(freeze, now)) return freeze;
  const by = freeze.lifted?.by;
  const who = by?.kind === 'person' ? `, <@${by.userId}> lifted it` : '';
  throw new UserError(`The freeze ${id} is over already${who}. Nothing was done.`);
}

function beginning({ from, until }: FreezeRequest, now: number): number {
  const begins = from === undefined || (from < now && now - from < FORM_TIME) ? now : from;
  if (begins < now) {
    throw new UserError(
      'A freeze cannot begin in the past. Nothing was done; leave the beginning out for “now”.',
    );
  }
  if (until <= now)
    throw new UserError('A freeze cannot end in the past. Nothing was done; name a later end.');
  if (until <= begins) {
    throw new UserError('A freeze must end after it begins. Nothing was done; name a later end.');
  }
  return begins;
}

function ringing(scope: FreezeScope, { actor, arrival }: Caller, { store }: Used) {
  return wakeWaiting((place) => touches(scope, place), { arrival, by: actor.userId }, store);
}
