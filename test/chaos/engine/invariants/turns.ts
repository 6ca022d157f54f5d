import { type AttemptLine, type Case, isAttemptLine, type Line } from '../evidence.ts';
import { putBackOperations } from '../script.ts';
import type { Whole } from './whole.ts';

/**
 * In the ledger too a run does one thing after the other: nothing begins while an attempt of a living process is under
 * way, nothing is done twice once the run has gone on, and every attempt of an operation saw the same values before it.
 */
export function turnViolations(subject: Case, { leaderships }: Whole): string[] {
  const lines = subject.lines.filter((line) => !leaderships.isStale(line));
  return [
    ...orderViolations(lines.filter(isAttemptLine), subject),
    ...overlapViolations(lines.filter(isAttemptLine), leaderships.between),
    ...seenViolations(lines),
    ...putBackViolations(lines, subject),
  ];
}

function orderViolations(lines: readonly AttemptLine[], { entries }: Case): string[] {
  const places = new Map(entries.map(({ name, sequence }) => [name, sequence]));
  const found: string[] = [];
  let latest = -1;
  for (const { operation, kind } of lines) {
    const place = places.get(operation);
    if (place === undefined) found.push(`${operation} is in the ledger and not in the journal`);
    else if (kind !== 'end' && place < latest)
      found.push(`${operation} began again after the run had gone on`);
    latest = Math.max(latest, place ?? -1);
  }
  return found;
}

function overlapViolations(
  lines: readonly AttemptLine[],
  takeoversBetween: (after: number, before: number) => number,
): string[] {
  const found: string[] = [];
  let open: AttemptLine | undefined;
  for (const line of lines) {
    if (line.kind === 'end') {
      if (line.operation === open?.operation && line.attempt === open.attempt) open = undefined;
      continue;
    }
    if (line.kind !== 'begin') continue;
    if (open !== undefined && takeoversBetween(open.position, line.position) === 0) {
      found.push(`${line.operation} began while ${open.operation} was under way`);
    }
    open = line;
  }
  return found;
}

function seenViolations(lines: readonly Line[]): string[] {
  const found: string[] = [];
  const seen = new Map<string, string>();
  for (const line of lines) {
    if (line.kind !== 'begin') continue;
    const before = seen.get(line.operation) ?? line.seen;
    if (before !== line.seen) found.push(`attempts of ${line.operation} saw different values before it`);
    seen.set(line.operation, before);
  }
  return found;
}

function putBackViolations(lines: readonly Line[], { entries }: Case): string[] {
  const found: string[] = [];
  const putBack = new Set(putBackOperations.map(({ name }) => name));
  const isAborted = entries.some(({ outcome }) => outcome?.kind === 'aborted');
  let isCaught = false;
  for (const line of lines) {
    if (line.kind === 'caught') {
      isCaught = true;
      if (!isAborted) found.push('caught an abort that is not in the journal');
    }
    if (line.kind !== 'begin') continue;
    const isPutBack = putBack.has(line.operation);
    if (isPutBack && !isCaught) found.push(`${line.operation} began without an abort`);
    if (!isPutBack && isCaught) found.push(`${line.operation} began after the abort`);
  }
  return found;
}
