import type { PhaseCount } from './load-messages.ts';

/** A line for each phase: how many requests, how many failed, and how long the slowest hundredth took at least. */
export function phaseLines(counts: readonly PhaseCount[]): string[] {
  const used = counts.filter(({ answered, failed }) => answered + failed > 0);
  const names = [...new Set(used.map(({ phase }) => phase))];
  return names.map((name) => {
    const ofPhase = counts.filter(({ phase }) => phase === name);
    const { total, failed, seconds } = sum(ofPhase);
    const p99 = (moment: string) => milliseconds(ofPhase.find((count) => count.moment === moment)?.p99);
    return [
      name.padEnd(24),
      `${inWords(total)} requests`.padStart(18),
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

/** `enough`: fewer requests, or fewer a second, prove nothing. */
export function verdict(
  counts: readonly PhaseCount[],
  enough: { requests: number; perSecond: number },
): { line: string; isGood: boolean } {
  const { total, failed, seconds } = sum(counts);
  const perSecond = Math.round(total / seconds);
  return {
    line: `In all ${inWords(total)} requests, ${perSecond} a second, ${failed} failed; wanted: at least ${inWords(enough.requests)}, ${enough.perSecond} a second, and none failed.`,
    isGood: failed === 0 && total >= enough.requests && perSecond >= enough.perSecond,
  };
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

const inWords = (count: number): string => count.toLocaleString('en');
