import type { Case } from '../evidence.ts';
import { expectedJournal } from './journal.ts';
import type { Whole } from './whole.ts';

/** A leader looks every 100 ms here. One that is a little late may have begun one operation more by then. */
const slackMs = 200;
const mostBegun = 1;
/** So late nobody is, unless it was frozen. */
const longestMs = 2_000;

/** A paused run does not become active, and one that is active begins nothing once its leader has seen the pause. */
export function pauseViolations(subject: Case, { evidence }: Whole): string[] {
  return pausesOf(subject).flatMap(({ from, until }) => {
    const { run, entries } = subject;
    if (run.startedAt !== null && run.startedAt > from && run.startedAt < until) {
      return ['became active while it was paused'];
    }
    const seenFrom = whenLookedAt(from, evidence.frozen);
    const expected = expectedJournal(subject);
    const begun = entries.filter(({ kind, startedAt }, index) => {
      const isFree = expected[index]?.isShielded === false;
      // What takes no time may follow at once on what was under way.
      const takesTime = kind === 'operation' || kind === 'sleep';
      return isFree && takesTime && startedAt > seenFrom + slackMs && startedAt < until;
    });
    const isLate = begun.some(({ startedAt }) => startedAt > seenFrom + longestMs);
    if (begun.length <= mostBegun && !isLate) return [];
    return [`began ${begun.map(({ name }) => name).join(', ')} while it was paused`];
  });
}

/** Who is frozen does not look. */
function whenLookedAt(from: number, frozen: Whole['evidence']['frozen']): number {
  let time = from;
  for (const span of frozen) if (span.from < time + slackMs && span.until > time) time = span.until;
  return time;
}

/** From the answer to the pause until somebody asks for anything else; an abort ends a pause. */
export function pausesOf({ asked }: Pick<Case, 'asked'>): { from: number; until: number }[] {
  return asked.flatMap(({ kind, answeredAt }) => {
    if (kind !== 'pause') return [];
    const ends = asked.filter(
      (other) => (other.kind === 'resume' || other.kind === 'abort') && other.askedAt >= answeredAt,
    );
    const isOver = asked.some((other) => other.kind === 'abort' && other.askedAt < answeredAt);
    if (isOver) return [];
    return [{ from: answeredAt, until: Math.min(...ends.map(({ askedAt }) => askedAt)) }];
  });
}
