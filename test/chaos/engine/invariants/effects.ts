import type { Effect } from '../cloud.ts';
import { type Case, type EntryFacts, isAttemptLine } from '../evidence.ts';
import { type Expected, ownKey } from '../script.ts';
import { expectedJournal } from './journal.ts';
import type { Whole } from './whole.ts';

/** Each operation that succeeded has its effect in the cloud once, under one key, and nothing else has one. */
export function effectViolations(subject: Case, { leaderships }: Whole): string[] {
  const { entries, effects, lines } = subject;
  const expected = expectedJournal(subject);
  const hasZombie = lines.some((line) => leaderships.isStale(line));
  const found = entries.flatMap((entry, index) => {
    if (entry.kind !== 'operation') return [];
    const own = effects.filter(({ operation }) => operation === entry.name);
    const act = expected[index]?.act;
    return operationViolations(entry, own, { act, hasZombie, begins: beginsOf(subject, entry) });
  });
  const names = new Set(entries.map(({ name }) => name));
  for (const { operation } of effects) {
    if (!names.has(operation)) found.push(`${operation} has an effect and is not in the journal`);
  }
  return found;
}

type Circumstances = { act: Expected['act']; hasZombie: boolean; begins: number };

function operationViolations(
  entry: EntryFacts,
  effects: readonly Effect[],
  { act, hasZombie, begins }: Circumstances,
): string[] {
  const { run, name, sequence, outcome } = entry;
  const [effect] = effects;
  if (outcome?.kind === 'ok' && effect === undefined) return [`${name} succeeded without its effect`];
  if (outcome?.kind === 'failed' && effect !== undefined) return [`${name} failed and has an effect`];
  if (effects.length > 1) return [`${name} has ${effects.length} effects under different keys`];
  if (effect === undefined) return [];
  const details = act?.kind === 'operation' ? act : undefined;
  const key = details?.hasOwnKey === true ? ownKey(run, name) : `${run}:${sequence}:${name}`;
  const found: string[] = [];
  if (effect.key !== key) found.push(`${name} used the key ${effect.key} instead of ${key}`);
  if (effect.requests > begins) {
    found.push(`${name} asked for its effect ${effect.requests} times in ${begins} attempts`);
  }
  // Whoever looks first asks once; only a process that did not know of the other can have asked as well.
  if (details?.reconciles === true && effect.requests > 1 && !hasZombie) {
    found.push(`${name} asked for its effect ${effect.requests} times though it looks before it asks`);
  }
  return found;
}

function beginsOf({ lines }: Case, { name }: EntryFacts): number {
  return lines.filter(isAttemptLine).filter(({ kind, operation }) => kind === 'begin' && operation === name)
    .length;
}
