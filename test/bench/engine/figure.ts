/** One measured number beside what it should be. */
export type Figure = {
  name: string;
  value: number;
  unit: 'runs/s' | 'ms' | 'MB';
  /** Undefined: measured for its own sake. */
  target?: { kind: 'at least' | 'below'; value: number };
};

/** Says that something happened that must never happen, however slow the machine is. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

export function lineOf({ name, value, unit, target }: Figure): string {
  const measured = `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
  const wanted = target === undefined ? '' : `${target.kind} ${target.value} ${unit}`;
  return `${name.padEnd(62)}${measured.padStart(14)}   ${wanted.padEnd(20)}${verdictOf(value, target)}`.trimEnd();
}

function verdictOf(value: number, target: Figure['target']): string {
  if (target === undefined) return '';
  const isReached = target.kind === 'below' ? value < target.value : value >= target.value;
  return isReached ? 'reached' : 'MISSED';
}

/** `share` 0.95: the value that 95 % of them do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
