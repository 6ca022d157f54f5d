import { KINDS, type Kind } from './kinds.ts';
import type { Trial } from './places.ts';
import type { Outcome } from './scenario.ts';

export type Tried = { trial: Trial; outcome: Outcome };

const MARKS: Record<Outcome, string> = { right: '✓', told: 't', held: 'h', missed: '·', violation: '!' };
export const LEGEND =
  '✓ ended right · t the person was told, did it again, and it ended right · h held with a question, answered, ended right · ! violation · · not reached';

/** Rows are operations, columns kinds; a cell says how many places ended how. */
export function tableOf(tried: readonly Tried[]): string {
  const rows = [...new Set(tried.map(({ trial }) => rowOf(trial)))].sort();
  const lines = [
    ['', ...KINDS],
    ...rows.map((row) => [
      row,
      ...KINDS.map((kind) => cell(tried, (one) => rowOf(one) === row && one.kind === kind)),
    ]),
    ['all', ...KINDS.map((kind) => cell(tried, (one) => one.kind === kind))],
  ];
  const widths = ['', ...KINDS].map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function totalsOf(tried: readonly Tried[]): Record<Outcome, number> {
  const totals = { right: 0, told: 0, held: 0, missed: 0, violation: 0 };
  for (const { outcome } of tried) totals[outcome] += 1;
  return totals;
}

function cell(tried: readonly Tried[], isIn: (trial: Trial) => boolean): string {
  const totals = totalsOf(tried.filter(({ trial }) => isIn(trial)));
  const parts = OUTCOMES.flatMap((outcome) =>
    totals[outcome] === 0 ? [] : [`${MARKS[outcome]}${totals[outcome]}`],
  );
  return parts.join(' ');
}

const OUTCOMES = ['right', 'told', 'held', 'missed', 'violation'] as const satisfies readonly Outcome[];

function rowOf({ service, operation }: { service: string; operation: string; kind?: Kind }): string {
  return `${service} ${operation}`;
}
