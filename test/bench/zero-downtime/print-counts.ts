import type { PhaseCount } from './load-messages.ts';

/** A line for each phase: how many requests, how many failed, and how long the slowest hundredth took at least. */
export function phaseLines(counts: readonly PhaseCount[]): string[] {
  const names = [...new Set(counts.map(({ phase }) => phase))];
  return names.map((name) => {
    const ofPhase = counts.filter(({ phase }) => phase === name);
    const { total, failed, seconds } = sum(ofPhase);
    const p99 = (moment: string) => milliseconds(ofPhase.find((count) => count.moment === moment)?.p99);
    return [
      name.padEnd(24),
      `${total.toLocaleString('en')} requests`.padStart(18),
      `${Math.round(total / seconds)}/s`.padStart(8),
      `${failed} failed`.padStart(12),
      `   p99 ${p99('before')} before, ${p99('during')} during`,
    ].join('');
  });
}

export function failureLines(counts: readonly PhaseCount[]): string[] {
  return counts.flatMap(({ failures, moment }) =>
    failures.map(
      ({ at, connections, after, reason }) =>
        `  ${at} ${moment}, ${connections} connection, after ${Math.round(after)} ms: ${reason}`,
    ),
  );
}

/** `enough`: fewer requests than that prove nothing. */
export function verdict(counts: readonly PhaseCount[], enough: number): { line: string; isGood: boolean } {
  const { total, failed } = sum(counts);
  const isGood = failed === 0 && total >= enough;
  const wanted = enough > 0 ? ` (0 of at least ${enough.toLocaleString('en')} may fail)` : '';
  return { line: `In all ${total.toLocaleString('en')} requests, ${failed} failed${wanted}.`, isGood };
}

function sum(counts: readonly PhaseCount[]): { total: number; failed: number; seconds: number } {
  let total = 0;
  let failed = 0;
  let seconds = 0;
  for (const count of counts) {
    total += count.answered + count.failed;
    failed += count.failed;
    seconds += count.seconds;
  }
  return { total, failed, seconds };
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? '–' : `${value.toFixed(0)} ms`;
}
