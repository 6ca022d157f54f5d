import type { Case } from '../evidence.ts';
import { expectedJournal } from './journal.ts';
import type { Whole } from './whole.ts';

/** A leader looks every 100 ms here; it may be a little late. */
const slackMs = 500;
/** What was under way when the leader looked, and went on to one operation more. */
const mostBegun = 1;

/** A paused run does not become active, and one that is active begins nothing once its leader has seen the pause. */
export function pauseViolations(subject: Case, { evidence }: Whole): string[] {
  return pausesOf(subject).flatMap(({ from, until }) => {
    const { run, entries } = subject;
    if (run.startedAt !== null && run.startedAt > from && run.startedAt < until) {
      return ['became active while it was paused'];
    }
    // Who was frozen did not look.
    if (evidence.frozen.some((span) => span.from < until && span.until > from)) return [];
    const expected = expectedJournal(subject);
    const begun = entries.filter(({ startedAt }, index) => {
      const isFree = expected[index]?.isShielded === false;
      return isFree && startedAt > from + slackMs && startedAt < until;
    });
    if (begun.length <= mostBegun) return [];
    return [`began ${begun.map(({ name }) => name).join(', ')} while it was paused`];
  });
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
