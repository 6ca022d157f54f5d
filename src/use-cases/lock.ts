import type { Caller } from '../domain/caller.ts';
import { UserError } from '../domain/errors.ts';
import type { StartPlace } from '../domain/freeze.ts';
import { isLocked, type Lock, overlap } from '../domain/lock.ts';
import type { RestrictionChange } from '../ports/restrictions.ts';
import type { Change } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';
import { lockTellings } from './restriction-tellings.ts';
import { wakeWaiting } from './wake-waiting.ts';

export type LockRequest = {
  place: StartPlace;
  /** Slack id of the person who is to have it. */
  owner: string;
  reason: string;
  /** Milliseconds since the epoch. */
  until: number;
};

/** A lock as it was when somebody decided on it. */
export type LockSeen = Pick<Lock, 'id' | 'version'>;

export type LockOutcome =
  | { kind: 'done'; lock: Lock }
  /** Somebody has it, or a part of it, already. */
  | { kind: 'taken'; by: Lock }
  /** It is not as it was seen any more: how it is now. */
  | { kind: 'changed'; lock: Lock };

type Used = Pick<Adapters, 'policy' | 'store' | 'clock'>;

/** Others may place locks at the same moment and take the next id. */
const TRIES = 10;

/** Nobody but its owner starts anything in the place until then. Throws a `UserError` for an end in the past. */
export async function placeLock(request: LockRequest, caller: Caller, used: Used): Promise<LockOutcome> {
  const { store, clock, policy } = used;
  const { place, owner, reason, until } = request;
  for (let round = 0; round < TRIES; round += 1) {
    const now = clock.now();
    requireFuture(until, now);
    const taken = (await store.locksAt(now)).find((one) => overlap(one, place));
    if (taken !== undefined) return { kind: 'taken', by: taken };
    const lock = { id: await store.nextLock(), ...place, owner, reason, until };
    const result = await store.commit([
      { kind: 'place-lock', lock, by: caller.actor },
      ...lockTellings({ ...lock, version: 1 }, 'lock-placed', now, policy),
      ...(await endOf(place, `lock ${lock.id}`, caller, used)),
    ]);
    if (result !== 'conflict') return { kind: 'done', lock: { ...lock, placedAt: now, version: 1 } };
  }
  throw new Error(`Locks were placed ${TRIES} times at the same moment`);
}

/** The owner keeps it for longer, or for less long. */
export function prolongLock(
  { seen, until }: { seen: LockSeen; until: number },
  caller: Caller,
  used: Used,
): Promise<LockOutcome> {
  return changed(seen, caller, used, (lock) => {
    requireFuture(until, used.clock.now());
    const change = { kind: 'prolong-lock', id: lock.id, expectVersion: lock.version, until } as const;
    return { change: { ...change, by: caller.actor }, becomes: { ...lock, until }, tells: 'lock-prolonged' };
  });
}

/** Another person has it from now on; `until` absent: for as long as it was to be held. */
export function handOverLock(
  { seen, to, until, why }: { seen: LockSeen; to: string; until?: number; why?: string },
  caller: Caller,
  used: Used,
): Promise<LockOutcome> {
  return changed(seen, caller, used, (lock) => {
    const end = until ?? lock.until;
    requireFuture(end, used.clock.now());
    const change = {
      kind: 'hand-over-lock',
      id: lock.id,
      expectVersion: lock.version,
      to,
      until: end,
    } as const;
    const becomes = { ...lock, owner: to, until: end };
    return { change: { ...change, by: caller.actor, ...reason(why) }, becomes, tells: 'lock-handed-over' };
  });
}

export function releaseLock(
  { seen, why }: { seen: LockSeen; why?: string },
  caller: Caller,
  used: Used,
): Promise<LockOutcome> {
  return changed(seen, caller, used, (lock) => {
    const change = { kind: 'release-lock', id: lock.id, expectVersion: lock.version } as const;
    const { actor } = caller;
    const becomes = { ...lock, released: { at: used.clock.now(), by: actor, ...reason(why) } };
    return { change: { ...change, by: actor, ...reason(why) }, becomes, tells: 'lock-released' };
  });
}

type Decided = {
  change: RestrictionChange;
  becomes: Lock;
  tells: 'lock-prolonged' | 'lock-handed-over' | 'lock-released';
};

/** Writes what was decided on exactly the lock that was seen, or says how it is instead. */
async function changed(
  seen: LockSeen,
  caller: Caller,
  used: Used,
  decide: (lock: Lock) => Decided,
): Promise<LockOutcome> {
  const { store, clock, policy } = used;
  const lock = await requireLock(seen.id, used);
  const now = clock.now();
  if (lock.version !== seen.version || !isLocked(lock, now)) return { kind: 'changed', lock };
  const { change, becomes, tells } = decide(lock);
  const after = { ...becomes, version: lock.version + 1 };
  const result = await store.commit([
    change,
    ...lockTellings(after, tells, now, policy),
    ...(await endOf(lock, `${change.kind} ${lock.id}`, caller, used)),
  ]);
  if (result === 'conflict') return { kind: 'changed', lock: await requireLock(seen.id, used) };
  return { kind: 'done', lock: after };
}

async function requireLock(id: string, { store }: Used): Promise<Lock> {
  const lock = await store.lock(id);
  if (lock === undefined) throw new UserError(`There is no lock ${id}. Nothing was done.`);
  return lock;
}

function requireFuture(until: number, now: number): void {
  if (until > now) return;
  throw new UserError('A lock cannot end in the past. Nothing was done; name a later end.');
}

/** The end of the arrival, and the doorbells of those whom it may hold up or let go. */
async function endOf(place: StartPlace, outcome: string, caller: Caller, { store }: Used): Promise<Change[]> {
  const { actor, arrival } = caller;
  const rung = await wakeWaiting((one) => overlap(place, one), { arrival, by: actor.userId }, store);
  return [...rung, { kind: 'finish-arrival', id: arrival, outcome }];
}

function reason(why: string | undefined): { why?: string } {
  return why === undefined ? {} : { why };
}
