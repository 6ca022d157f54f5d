import type { Case, EntryFacts } from '../evidence.ts';
import { isAttemptLine } from '../evidence.ts';
import type { Whole } from './whole.ts';

/** A parent goes on only after its children have ended. */
export function childViolations(subject: Case, whole: Whole): string[] {
  return subject.entries.flatMap((entry) => {
    if (entry.kind !== 'run-all') return [];
    const prefix = `${entry.run}/${entry.sequence}/`;
    const children = entry.name.split(', ').flatMap((branch) => whole.cases.get(`${prefix}${branch}`) ?? []);
    return [
      ...endViolations(entry, children),
      ...resultViolations(entry, children),
      ...ledgerViolations({ subject, entry, children }, whole),
    ];
  });
}

function endViolations({ endedAt }: EntryFacts, children: readonly Case[]): string[] {
  return children.flatMap(({ run }) => {
    const isOver = run.endedAt !== null && run.endedAt <= (endedAt ?? Number.POSITIVE_INFINITY);
    return isOver || endedAt === null ? [] : [`went on before its child ${run.id} had ended`];
  });
}

function resultViolations({ outcome, name }: EntryFacts, children: readonly Case[]): string[] {
  const isDone = children.every(({ run }) => run.status === 'done');
  if (outcome?.kind === 'ok' && !isDone) return [`takes ${name} as done though a child is not`];
  if (outcome?.kind === 'failed' && isDone) return [`takes ${name} as failed though every child is done`];
  return [];
}

type Family = { subject: Case; entry: EntryFacts; children: readonly Case[] };

function ledgerViolations({ subject, entry, children }: Family, { leaderships }: Whole): string[] {
  const later = new Set(
    subject.entries.filter(({ sequence }) => sequence > entry.sequence).map(({ name }) => name),
  );
  const next = subject.lines.find((line) => isAttemptLine(line) && later.has(line.operation));
  if (next === undefined) return [];
  const late = children.flatMap(({ lines }) =>
    lines.filter((line) => line.position > next.position && !leaderships.isStale(line)),
  );
  return late.map(({ run }) => `went on before its child ${run} had ended, by the ledger`);
}
