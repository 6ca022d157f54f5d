import { canonicalJson } from '../../../../src/domain/json.ts';
import type { Case, EntryFacts, SignalFacts } from '../evidence.ts';

/** No signal is lost, none is taken twice, each wait takes the oldest there is, and what was sent twice counts once. */
export function signalViolations(subject: Case): string[] {
  const waits = subject.entries.filter(({ kind }) => kind === 'wait');
  return [
    ...sentViolations(subject),
    ...waits.flatMap((wait) => waitViolations(wait, subject.signals)),
    ...takenViolations(subject.signals, waits),
  ];
}

/** What was answered is there, with the value that was sent first. */
function sentViolations({ asked, signals }: Case): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const deed of asked) {
    if (deed.kind !== 'signal') continue;
    const id = `${deed.name} ${deed.id}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const kept = signals.filter(({ name, id: other }) => name === deed.name && other === deed.id);
    if (kept.length !== 1) found.push(`signal ${id} was answered and is there ${kept.length} times`);
    else if (kept[0]?.value !== deed.value)
      found.push(`signal ${id} has another value than it was sent with`);
  }
  return found;
}

function waitViolations(wait: EntryFacts, signals: readonly SignalFacts[]): string[] {
  const { outcome, name, sequence } = wait;
  const taken = signals.filter(({ takenBy }) => takenBy === sequence);
  const value = outcome?.kind === 'ok' ? canonicalJson(outcome.value) : undefined;
  const isTimedOut = value === canonicalJson({ kind: 'timed-out' });
  if (value === undefined || isTimedOut) {
    const found = taken.map(({ id }) => `wait ${name} took ${id} and did not get it`);
    return isTimedOut ? [...found, ...timedOutViolations(wait, signals)] : found;
  }
  const [signal] = taken;
  if (signal === undefined || taken.length > 1) return [`wait ${name} took ${taken.length} signals`];
  const { by, at } = signal;
  const sent = canonicalJson({ kind: 'signalled', value: signal.value, by, at });
  return value === sent ? [] : [`wait ${name} got ${value} instead of ${sent}`];
}

function timedOutViolations(wait: EntryFacts, signals: readonly SignalFacts[]): string[] {
  const { name, dueAt, endedAt } = wait;
  if (dueAt === null || endedAt === null) return [`wait ${name} was over without a deadline`];
  const found = endedAt < dueAt ? [`wait ${name} was over ${dueAt - endedAt} ms too early`] : [];
  const missed = signals.filter(
    (signal) => signal.name === name && signal.takenBy === null && signal.at < dueAt,
  );
  return [...found, ...missed.map(({ id }) => `wait ${name} was over though ${id} had come in time`)];
}

function takenViolations(signals: readonly SignalFacts[], waits: readonly EntryFacts[]): string[] {
  const found: string[] = [];
  const inOrder = signals.toSorted((left, right) => left.position - right.position);
  for (const [index, { name, id, takenBy }] of inOrder.entries()) {
    if (takenBy === null) continue;
    const wait = waits.find(({ sequence }) => sequence === takenBy);
    if (wait?.name !== name)
      found.push(`signal ${id} was taken by operation ${takenBy}, which does not wait for it`);
    for (const older of inOrder.slice(0, index)) {
      if (older.name === name && (older.takenBy ?? Number.POSITIVE_INFINITY) > takenBy) {
        found.push(`signal ${id} was taken before ${older.id}, which is older`);
      }
    }
  }
  return found;
}
