import { KINDS, kindOf } from './points.ts';
import type { Outcome, Trial } from './trial.ts';

export type Tried = { trial: Trial; outcome: Outcome };

const MARKS: Record<Outcome, string> = {
  succeeded: '✓',
  'rolled-back': 'r',
  aborted: 'a',
  missed: '·',
  violation: '!',
};
export const LEGEND =
  '✓ done · r rolled back by itself · a aborted and put back · ! violation · · Forge never came to the point';

/** Rows are journeys, columns kinds of crash points; a cell says how many trials ended how. */
export function tableOf(tried: readonly Tried[]): string {
  const journeys = [...new Set(tried.map(({ trial }) => trial.journey.name))];
  const lines = [
    ['', ...KINDS],
    ...journeys.map((name) =>
      rowOf(
        name,
        tried.filter(({ trial }) => trial.journey.name === name),
      ),
    ),
    rowOf('all', tried),
  ];
  const widths = ['', ...KINDS].map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const shown = lines.map((line) => line.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  '));
  return shown.map((line) => line.trimEnd()).join('\n');
}

export function totalsOf(tried: readonly Tried[]): Record<Outcome, number> {
  const totals = { succeeded: 0, 'rolled-back': 0, aborted: 0, missed: 0, violation: 0 };
  for (const { outcome } of tried) totals[outcome] += 1;
  return totals;
}

function rowOf(name: string, tried: readonly Tried[]): string[] {
  return [name, ...KINDS.map((kind) => cell(tried.filter(({ trial }) => kindOf(trial.point) === kind)))];
}

const OUTCOMES = ['succeeded', 'rolled-back', 'aborted', 'missed', 'violation'] as const;

function cell(tried: readonly Tried[]): string {
  const totals = totalsOf(tried);
  const told = OUTCOMES.filter((outcome) => totals[outcome] > 0);
  return told.map((outcome) => `${MARKS[outcome]}${totals[outcome]}`).join(' ');
}
