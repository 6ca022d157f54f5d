import type { Case, EntryFacts } from '../evidence.ts';
import { actName, type CommitAct } from '../script.ts';
import type { Whole } from './whole.ts';

/** What a commit wrote is there once where the journal says so, and not at all where it does not. */
export function commitViolations(subject: Case, { evidence }: Whole): string[] {
  const { run, entries } = subject;
  const events = evidence.events.filter(({ deployment }) => deployment === run.input.deployment);
  const causes = new Set<string>();
  const found = run.input.acts.flatMap((act, index) => {
    const entry = entries.find(({ kind, name }) => kind === 'commit' && name === actName(index));
    if (act.kind !== 'commit' || entry === undefined) return [];
    const cause = `${run.id}/${entry.sequence}`;
    causes.add(cause);
    const written = events.filter((event) => event.cause === cause).length;
    const rung = subject.signals.filter(({ id }) => id === `by ${index}`).length;
    return entryViolations({ act, entry, written, rung });
  });
  for (const { cause } of events) {
    if (!causes.has(cause)) found.push(`an event of cause ${cause} was written by no commit of the journal`);
  }
  return found;
}

type Written = { act: CommitAct; entry: EntryFacts; written: number; rung: number };

function entryViolations({ act, entry, written, rung }: Written): string[] {
  const { outcome, name } = entry;
  const answer = outcome?.kind === 'ok' ? outcome.value : undefined;
  const expected = act.conflicts ? 'conflict' : 'committed';
  const found: string[] = [];
  if (outcome?.kind === 'ok' && answer !== expected) found.push(`${name} answered ${String(answer)}`);
  const times = answer === 'committed' ? 1 : 0;
  if (written !== times) found.push(`${name} wrote its event ${written} times instead of ${times}`);
  const rings = act.rings === undefined ? 0 : times;
  if (rung !== rings) found.push(`${name} sent its signal ${rung} times instead of ${rings}`);
  return found;
}
