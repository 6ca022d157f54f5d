import type { Case, EntryFacts } from '../evidence.ts';
import { type Expected, expectedOperations, putBackOperations } from '../script.ts';

/**
 * The journal has the operations of the script in their order. Where one was aborted nothing of the script follows it,
 * and everything was put back; inside a shield nothing is aborted.
 */
export function journalViolations(subject: Case): string[] {
  const { run, entries } = subject;
  if (run.endedAt === null) return [];
  if (run.startedAt === null) return entries.length > 0 ? ['has a journal though it never started'] : [];
  const expected = expectedJournal(subject);
  const found = entries.flatMap((entry, index) => entryViolations(entry, index, expected[index]));
  if (entries.length < expected.length) {
    found.push(`has no ${expected[entries.length]?.name ?? ''}: the journal ends before it`);
  }
  return found;
}

/** What the journal should have, given where it was aborted. */
export function expectedJournal({ run, entries }: Pick<Case, 'run' | 'entries'>): Expected[] {
  const forward = expectedOperations(run.input);
  const aborted = abortedIndex(entries);
  return aborted === -1 ? forward : [...forward.slice(0, aborted + 1), ...putBackOperations];
}

export function abortedIndex(entries: readonly EntryFacts[]): number {
  return entries.findIndex(({ outcome }) => outcome?.kind === 'aborted');
}

function entryViolations(entry: EntryFacts, index: number, expected: Expected | undefined): string[] {
  const { sequence, kind, name, outcome } = entry;
  if (sequence !== index) return [`has operation ${sequence} at place ${index} of its journal`];
  const here = `operation ${sequence} (${kind} ${name})`;
  if (expected === undefined) return [`has ${here} after its end`];
  if (expected.kind !== kind || expected.name !== name) {
    return [`has ${here} where ${expected.kind} ${expected.name} belongs`];
  }
  if (outcome === null) return [`ended without an outcome of ${here}`];
  if (outcome.kind === 'aborted' && expected.isShielded) return [`was aborted inside a shield, at ${here}`];
  if (outcome.kind === 'failed' && !mayFail(expected)) return [`failed at ${here}: ${outcome.message}`];
  if (outcome.kind === 'ok' && isDoomed(expected)) return [`succeeded at ${here}, which cannot succeed`];
  return [];
}

function mayFail(expected: Expected): boolean {
  return isDoomed(expected) || expected.act?.kind === 'run-all';
}

function isDoomed({ act }: Expected): boolean {
  return act?.kind === 'operation' && act.trouble === 'doomed';
}
