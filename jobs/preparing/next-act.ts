import { needsWords } from '../../src/domain/need-words.ts';
import { OWNER_ASKED } from '../../src/domain/schedule.ts';
import { type Act, type Deed, expire, tell } from './act.ts';
import { type CheckLater, makeReady, staleCheck } from './make-ready.ts';
import type { Situation } from './situation.ts';
import { isCleared, isNext, isToBeLookedAt, isWaiting } from './stage.ts';
import { tellWaiting, waitForTime } from './wait.ts';

/** What people decide about is looked at again this often, so that nobody votes on what is not so any more. Milliseconds. */
export const LOOK_EVERY = 5 * 60_000;

/** When AWS was looked at in this life of the run. Milliseconds since the epoch. */
export type Looks = {
  /** What people decide about is looked at again then. */
  next: number;
  /** The last time that AWS answered, and what that meant was done. */
  last: number;
  /** A check that was not decided, and when it is looked at again. Milliseconds since the epoch. */
  check?: CheckLater;
};

/** A run that begins, or begins anew, has seen nothing yet. */
export const noLooks: Looks = { next: 0, last: 0 };

/** What a round does, as things stand. */
export function nextAct(situation: Situation, looks: Looks): Act {
  const { standing, owner, other, now, start, isNew } = situation;
  if (situation.isOver) return { kind: 'leave' };
  if (standing.kind === 'expired') return expire(notApproved(standing));
  if (owner.kind === 'over') return expire(owner.reason);
  const readied = makeReady(situation, looks);
  if (readied !== undefined) return readied;
  if (other !== null && isNext(situation)) return waitInLine(other, situation);
  if (owner.kind === 'to-ask') return askOwner(owner);
  if (owner.kind === 'open' && isPast(owner.remindAt, now)) {
    return tell('remind the owner', { type: 'owner-reminded' });
  }
  const isDue = now >= looks.next || isToBeLookedAt(situation, looks.last);
  if (standing.kind === 'open' && (!isDue || other !== null)) {
    // While another is under way, what is live is known to change.
    return waitForVotes(standing, situation, other === null ? looks.next : now + LOOK_EVERY);
  }
  // What cannot start as it is is looked at again meanwhile: it may be mended.
  if (owner.kind === 'open' && owner.isProblem && isDue) return { kind: 'look' };
  if (owner.kind === 'open' && (owner.isProblem || isCleared(situation))) {
    return waitForOwner(owner, situation, looks);
  }
  if (start.kind !== 'may' && isWaiting(situation) && !isToBeLookedAt(situation, looks.last)) {
    return waitForTime(start, situation);
  }
  if (isNew) return tell('begin checks', { type: 'checking' });
  return staleCheck(situation) ?? { kind: 'look' };
}

type Standing<Kind extends Situation['standing']['kind']> = Extract<Situation['standing'], { kind: Kind }>;
type Owner<Kind extends Situation['owner']['kind']> = Extract<Situation['owner'], { kind: Kind }>;

function notApproved({ open }: Standing<'expired'>): string {
  return `not enough people approved it in time. Still missing: ${needsWords(open)}. Nothing was changed; ask again if you still want to.`;
}

/** Everything is ready but for another deployment of the same service in the same environment. */
function waitInLine(other: number, situation: Situation): Act {
  const why = `#${other} of the same service is under way there.`;
  return tellWaiting({ for: 'deployment', why }, situation) ?? { kind: 'wait-in-line' };
}

/** Asks the owner of a scheduled deployment whether it may start though it is not as it was scheduled. */
export function askOwner({ changes, startsAt, deadline, problem }: Owner<'to-ask'>): Deed {
  const asked = { type: 'owner-asked', changes, startsAt, deadline } as const;
  return tell('ask the owner', problem === undefined ? asked : { ...asked, problem });
}

/** Until a vote, the time to remind people or their deadline comes; at most until `until`. */
function waitForVotes({ deadline, remindAt }: Standing<'open'>, situation: Situation, until: number): Act {
  const { now, wakeAt } = situation;
  if (isPast(remindAt, now)) return tell('remind people', { type: 'approval-reminded' });
  return { kind: 'wait', until: Math.min(deadline, remindAt ?? deadline, until, wakeAt ?? until) };
}

/** Until the owner answers, or is reminded, or what makes an answer needless comes. */
function waitForOwner(
  { deadline, remindAt = deadline, isProblem }: Owner<'open'>,
  situation: Situation,
  looks: Looks,
): Act {
  const waits = { for: 'owner', why: OWNER_ASKED, until: deadline } as const;
  const until = Math.min(deadline, remindAt, isProblem ? looks.next : deadline);
  return tellWaiting(waits, situation) ?? { kind: 'wait', until };
}

function isPast(time: number | undefined, now: number): boolean {
  return time !== undefined && now >= time;
}
