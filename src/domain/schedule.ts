import type { Deployment } from './deployment.ts';
import { planChanges } from './plan-changes.ts';
import type { StartProblem } from './schedule-event.ts';
import type { StartDecision } from './start-times.ts';

/** So long before a deployment starts at its time everything is looked at again. Milliseconds. */
export const LOOK_AGAIN = 15 * 60_000;
/** One that would start later than this asks its owner first. Milliseconds. */
export const LATE = 10 * 60_000;
/** What a deployment waits for whose owner is asked, as a sentence. */
export const OWNER_ASKED =
  'It is not as it was scheduled, so its owner must say that it may start all the same.';
/** Where nobody knows when it may start, whoever says yes to that is not asked again for so long. Milliseconds. */
const NEVER = 400 * 24 * 3_600_000;

/** Whether the owner of a scheduled deployment must say that it may start as it is now. Times are milliseconds since the epoch. */
export type OwnerStanding =
  | { kind: 'not-needed' }
  /** Nobody was asked about exactly this. `startsAt`: when it would start, with the owner's word. */
  | { kind: 'to-ask'; changes: string[]; deadline: number; startsAt: number; problem?: StartProblem }
  /** `remindAt` is absent once the owner was reminded. `isProblem`: it cannot start as it is, so that it is looked at again meanwhile. */
  | { kind: 'open'; deadline: number; remindAt?: number; isProblem: boolean }
  /** It does not start any more; `reason` is for people. */
  | { kind: 'over'; reason: string };

type OwnerQuestion = {
  /** Milliseconds since the epoch. */
  now: number;
  /** Whether it may start now, or at its time where that is to come. */
  start: StartDecision;
  /** Nothing but the time is missing. */
  isCleared: boolean;
  /** How long the owner has to answer where the time is there already. Milliseconds. */
  within: number;
  /** What was just found to be in the way. Absent: nobody looked, and what the owner was asked about still is. */
  problem?: StartProblem;
};

/**
 * From a quarter of an hour before its time on, what would be done must be what its owner scheduled, and at that time: the owner
 * is asked about any difference, and without an answer it does not start. Of what makes it impossible they are told as soon as that is
 * found. Decided on how things are, not on what happened: a difference that is gone needs nobody.
 */
export function ownerStanding(
  { startAt, agreed, ownerAsked: asked, plan }: Scheduled,
  question: OwnerQuestion,
): OwnerStanding {
  const { now, within } = question;
  if (startAt === undefined || agreed === undefined) return { kind: 'not-needed' };
  const problem = sameOrNew(asked?.problem, question.problem);
  if (asked === undefined && problem === undefined && now < startAt - LOOK_AGAIN)
    return { kind: 'not-needed' };
  if (isWithoutConsent(question) && now > agreed.dueAt + LATE) {
    return { kind: 'over', reason: 'nobody consented to its time. Nothing was changed; schedule it again.' };
  }
  const startsAt = earliest(startAt, question);
  const isLate = question.isCleared && !isWithoutConsent(question) && startsAt > agreed.dueAt + LATE;
  const changes = [
    ...planChanges(agreed.about, plan),
    ...(isLate ? [lateness(question.start)] : []),
    ...(problem === undefined ? [] : [problem.says]),
  ];
  if (changes.length === 0) return { kind: 'not-needed' };
  if (asked === undefined || asked.changes.join('\n') !== changes.join('\n')) {
    const deadline = startAt - now < LATE ? now + within : startAt;
    return { kind: 'to-ask', changes, deadline, startsAt, ...(problem === undefined ? {} : { problem }) };
  }
  const { deadline, askedAt, remindedAt } = asked;
  if (now >= deadline) return { kind: 'over', reason: unanswered(changes) };
  const remindAt = askedAt + Math.round((deadline - askedAt) / 2);
  const isProblem = problem !== undefined;
  return { kind: 'open', deadline, isProblem, ...(remindedAt === undefined ? { remindAt } : {}) };
}

/** What of a deployment says for when it is scheduled, and as what. */
export type Scheduled = Pick<Deployment, 'startAt' | 'agreed' | 'ownerAsked' | 'plan'>;

/** The same trouble in other words, such as another count, is no other question. */
function sameOrNew(
  asked: StartProblem | undefined,
  found: StartProblem | undefined,
): StartProblem | undefined {
  return found === undefined || found.about === asked?.about ? asked : found;
}

/** Whoever consents is asked in words of their own. */
function isWithoutConsent({ start, isCleared }: OwnerQuestion): boolean {
  return isCleared && start.kind === 'needs-consent';
}

function earliest(startAt: number, { now, start }: OwnerQuestion): number {
  return start.kind === 'may' ? Math.max(now, startAt) : (start.until ?? now + NEVER);
}

function lateness(start: StartDecision): string {
  return start.kind === 'may'
    ? 'It did not start at its time.'
    : `It may not start at its time: ${start.why}`;
}

function unanswered(changes: readonly string[]): string {
  return `it is not as it was scheduled, and its owner did not say in time that it may start all the same. ${changes.join(' ')} Nothing was changed; schedule it again if you still want to.`;
}

/** Whether it has a time of its own and has not begun. */
export function isScheduled({ startAt, startedAt, abortRequestedBy }: Deployment): boolean {
  return startAt !== undefined && startedAt === undefined && abortRequestedBy === undefined;
}
