import type { Case } from '../evidence.ts';
import { abortedIndex, expectedJournal } from './journal.ts';
import type { Whole } from './whole.ts';

/** Once an abort was answered nothing more is recorded outside of a shield, and nobody is aborted whom nobody aborted. */
export function abortViolations(subject: Case, { cases }: Whole): string[] {
  const { run, asked } = subject;
  const aborts = asked.filter(({ kind }) => kind === 'abort');
  const found = aborts.flatMap(({ answeredAt }) => afterAbort(subject, answeredAt));
  if (run.status !== 'aborted') return found;
  const isOwn = aborts.some(({ askedAt }) => askedAt <= (run.endedAt ?? Number.POSITIVE_INFINITY));
  const parent = cases.get(parentOf(run.id))?.run;
  if (!isOwn && typeof parent?.abortBy !== 'string') found.push('was aborted though nobody asked for that');
  return found;
}

function afterAbort(subject: Case, answeredAt: number): string[] {
  const { run, entries } = subject;
  if ((run.startedAt ?? 0) > answeredAt) return ['became active after its abort'];
  const expected = expectedJournal(subject);
  const aborted = abortedIndex(entries);
  return entries.flatMap(({ name, sequence, endedAt, outcome }, index) => {
    const isForward = aborted === -1 || index <= aborted;
    if (!isForward || expected[index]?.isShielded === true || outcome?.kind === 'aborted') return [];
    return (endedAt ?? 0) > answeredAt ? [`recorded operation ${sequence} (${name}) after its abort`] : [];
  });
}

/** A child's id is its parent's, with the place in the parent's journal and the branch's name. */
function parentOf(id: string): string {
  return id.split('/').slice(0, -2).join('/');
}
