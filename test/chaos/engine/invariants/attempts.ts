import { type AttemptLine, type Case, type EntryFacts, isAttemptLine } from '../evidence.ts';
import type { Leaderships } from './leaderships.ts';
import type { Whole } from './whole.ts';

/**
 * Attempts are counted 1, 2, 3 …; one begins again only when the one before failed, or when it was under way as its
 * process lost its leadership: then it says `unknown`.
 */
export function attemptViolations({ entries, lines }: Case, { leaderships }: Whole): string[] {
  const attempts = lines.filter(isAttemptLine);
  return entries
    .filter(({ kind }) => kind === 'operation')
    .flatMap((entry) => {
      const own = attempts.filter(({ operation }) => operation === entry.name);
      const found = [...repeated(own), ...numbered(entry, own, leaderships), ...recorded(entry, own)];
      return found.map((what) => `${entry.name}: ${what}`);
    });
}

function repeated(lines: readonly AttemptLine[]): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const { kind, attempt } of lines) {
    const id = `${kind} ${attempt}`;
    if (seen.has(id)) found.push(`attempt ${attempt} has two lines "${kind}"`);
    seen.add(id);
  }
  return found;
}

function numbered(entry: EntryFacts, lines: readonly AttemptLine[], leaderships: Leaderships): string[] {
  const found: string[] = [];
  let previous: AttemptLine | undefined;
  for (const line of lines) {
    // What a process did that no longer led is judged with its leadership.
    if (line.kind === 'end' || leaderships.isStale(line)) continue;
    if (line.attempt === previous?.attempt) found.push(...sameAttempt(previous, line));
    else found.push(...nextAttempt({ entry, previous, line, lines }, leaderships));
    previous = line;
  }
  const missing = entry.attempt - (previous?.attempt ?? 0);
  if (missing < 0)
    found.push(`the journal counts ${entry.attempt} attempts, the ledger ${previous?.attempt}`);
  const takeovers = takeoversBetween({ entry, previous }, Number.POSITIVE_INFINITY, leaderships);
  if (missing > takeovers) {
    found.push(`the journal counts ${missing} more attempts than the ledger, and nobody died meanwhile`);
  }
  return found;
}

/** It asked the cloud before it began. */
function sameAttempt(asked: AttemptLine, line: AttemptLine): string[] {
  const { attempt } = line;
  if (asked.kind !== 'ask' || line.kind !== 'begin')
    return [`attempt ${attempt} has its lines in a wrong order`];
  return asked.found ? [`attempt ${attempt} did what it had found done`] : [];
}

type Step = {
  entry: EntryFacts;
  previous: AttemptLine | undefined;
  line: AttemptLine;
  lines: readonly AttemptLine[];
};

function nextAttempt({ entry, previous, line, lines }: Step, leaderships: Leaderships): string[] {
  const { attempt, unknown } = line;
  const takeovers = takeoversBetween({ entry, previous }, line.position, leaderships);
  const missing = attempt - (previous?.attempt ?? 0) - 1;
  if (missing < 0) return [`attempt ${attempt} began after attempt ${previous?.attempt}`];
  if (missing > takeovers)
    return [`attempt ${attempt} follows ${previous?.attempt ?? 0}, and nobody died meanwhile`];
  if (line.kind === 'ask' && !unknown) return [`attempt ${attempt} asked though nothing is unknown`];
  if (previous?.unknown === true && !unknown) return [`attempt ${attempt} forgot that an outcome is unknown`];
  if (missing > 0)
    return unknown ? [] : [`attempt ${attempt} says that the outcome of the one before is known`];
  if (previous === undefined) return unknown ? ['the first attempt says that another was there before'] : [];
  const result = resultOf(previous, line, lines);
  if (takeovers === 0) return withoutTakeover(previous, line, result);
  if (result === 'failed' || unknown) return [];
  return [`attempt ${attempt} says that the outcome of the one before is known, though that never reported`];
}

function takeoversBetween(
  { entry, previous }: Pick<Step, 'entry' | 'previous'>,
  before: number,
  leaderships: Leaderships,
): number {
  if (previous !== undefined) return leaderships.between(previous.position, before);
  return leaderships.since(entry.startedAt, before);
}

function withoutTakeover(previous: AttemptLine, line: AttemptLine, result: string | undefined): string[] {
  const { attempt } = line;
  if (result !== 'failed') {
    return [
      `attempt ${attempt} began though the one before ${result === 'ok' ? 'succeeded' : 'was under way'}`,
    ];
  }
  if (line.unknown === previous.unknown) return [];
  return [`attempt ${attempt} says unknown though nobody died meanwhile`];
}

/** What the previous attempt reported before this line. */
function resultOf(
  previous: AttemptLine,
  line: AttemptLine,
  lines: readonly AttemptLine[],
): string | undefined {
  const end = lines.find((other) => other.kind === 'end' && other.attempt === previous.attempt);
  return end?.kind === 'end' && end.position < line.position ? end.result : undefined;
}

/** A recorded success is that of the last attempt, and the ledger has it too. */
function recorded({ outcome, attempt }: EntryFacts, lines: readonly AttemptLine[]): string[] {
  if (outcome?.kind !== 'ok') return [];
  if (outcome.value !== attempt)
    return [`attempt ${String(outcome.value)} was recorded, not attempt ${attempt}`];
  const isWitnessed = lines.some(
    (line) =>
      line.attempt === attempt &&
      ((line.kind === 'end' && line.result === 'ok') || (line.kind === 'ask' && line.found)),
  );
  return isWitnessed ? [] : [`attempt ${attempt} was recorded as a success that nobody saw`];
}
