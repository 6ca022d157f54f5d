import { type Case, casesOf, type Evidence, isAttemptLine, type Line, type Violation } from './evidence.ts';
import { abortedIndex, expectedJournal } from './invariants/journal.ts';
import { pausesOf } from './invariants/pauses.ts';
import type { Played } from './play-chaos.ts';

/** What happened, as a table of text. */
export function summary(
  { evidence, strikes, workers, seconds }: Played,
  found: readonly Violation[],
): string {
  const { asked, lines, runs } = evidence;
  const rows: (readonly [string, number | string])[] = [
    ['seconds', seconds.toFixed(0)],
    ['runs', runs.length],
    [
      '  started from outside',
      new Set(asked.filter(({ kind }) => kind === 'start').map(({ run }) => run)).size,
    ],
    ...countBy(
      '  ended as',
      runs.map(({ status }) => status),
    ),
    ['operations in the journal', evidence.entries.length],
    ['kills', evidence.kills],
    ...countBy(
      '  by phase:',
      killsOf(strikes).map(({ phase }) => phase),
    ),
    ['attempts cut off', attemptsLost(lines)],
    ['graceful stops', strikes.filter(({ kind }) => kind === 'stop-leader').length],
    ['frozen for a while', evidence.frozen.length],
    ['  and lost the lock meanwhile', evidence.usurpations.length],
    ['worker processes', workers],
    ['takeovers', lines.filter(({ kind }) => kind === 'lead').length],
    ...signalRows(evidence),
    ...abortRows(evidence),
    ['pauses', asked.filter(({ kind }) => kind === 'pause').length],
    ['  that held a run', casesOf(evidence).filter(isHeld).length],
    ...attemptRows(lines),
    ['effects in the cloud', evidence.effects.length],
    ['violations', found.length],
  ];
  const width = Math.max(...rows.map(([title]) => title.length)) + 2;
  return rows.map(([title, value]) => `${title.padEnd(width)}${String(value).padStart(7)}`).join('\n');
}

function killsOf(strikes: Played['strikes']): Played['strikes'] {
  return strikes.filter(({ kind }) => kind !== 'stop-leader' && kind !== 'usurp-leader');
}

function countBy(title: string, words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted().map(([word, count]) => [`${title} ${word}`, count]);
}

/** Attempts that never reported to the ledger. */
function attemptsLost(lines: readonly Line[]): number {
  const attempts = lines.filter(isAttemptLine);
  const name = (line: (typeof attempts)[number]) =>
    `${line.worker} ${line.run} ${line.operation} ${line.attempt}`;
  const ends = new Set(attempts.filter(({ kind }) => kind === 'end').map(name));
  return attempts.filter((line) => line.kind === 'begin' && !ends.has(name(line))).length;
}

function signalRows({ asked, signals, entries }: Evidence): [string, number][] {
  const sent = asked.filter((deed) => deed.kind === 'signal');
  const different = new Set(sent.map((deed) => `${deed.run} ${deed.name} ${deed.id}`));
  const starts = new Map(
    asked.filter(({ kind }) => kind === 'start').map((deed) => [deed.run, deed.askedAt]),
  );
  const waits = entries.filter(({ kind }) => kind === 'wait').length;
  return [
    ['signals from outside', sent.length],
    ['  before the run existed', sent.filter(({ run, askedAt }) => askedAt < (starts.get(run) ?? 0)).length],
    ['  duplicates', sent.length - different.size],
    ['  never taken', signals.filter(({ takenBy }) => takenBy === null).length],
    ['waits', waits],
  ];
}

function abortRows(evidence: Evidence): [string, number][] {
  const aborts = evidence.asked.filter(({ kind }) => kind === 'abort');
  const aborted = casesOf(evidence).filter(({ run }) => run.abortBy !== null);
  const ends = new Map(evidence.runs.map(({ id, endedAt }) => [id, endedAt]));
  return [
    ['aborts', aborts.length],
    ['  before the start', aborted.filter(({ run }) => run.startedAt === null).length],
    ['  delivered, and put back', aborted.filter(({ entries }) => abortedIndex(entries) !== -1).length],
    ['  inside a shield', aborted.filter(isAbortedInShield).length],
    ['  after the end', aborts.filter(({ run, askedAt }) => askedAt >= (ends.get(run) ?? 0)).length],
  ];
}

function isAbortedInShield(subject: Case): boolean {
  const expected = expectedJournal(subject);
  const aborted = abortedIndex(subject.entries);
  const inShield = subject.entries.filter(
    (_, index) => expected[index]?.isShielded === true && (aborted === -1 || index < aborted),
  );
  const times = subject.asked.filter(({ kind }) => kind === 'abort').map(({ answeredAt }) => answeredAt);
  return inShield.some(({ startedAt, endedAt }) =>
    times.some((time) => startedAt < time && time < (endedAt ?? 0)),
  );
}

function isHeld(subject: Case): boolean {
  const ended = subject.run.endedAt ?? 0;
  return pausesOf(subject).some(({ from, until }) => from < ended && until <= ended);
}

function attemptRows(lines: readonly Line[]): [string, number][] {
  const begun = lines.filter((line) => line.kind === 'begin');
  return [
    ['attempts', begun.length],
    ['  repeated', begun.filter(({ attempt }) => attempt > 1).length],
    ['  unknown', begun.filter(({ unknown }) => unknown).length],
    ['  that found the effect done', lines.filter((line) => line.kind === 'ask' && line.found).length],
  ];
}
