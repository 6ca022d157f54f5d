import type { Duration } from './engine.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } satisfies Record<string, number>;

/** In milliseconds. */
export function durationMs(duration: Duration): number {
  const milliseconds = typeof duration === 'number' ? duration : parse(duration);
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new RangeError(
      `"${duration}" is not a duration: write milliseconds, or a number with ms, s, m, h or d`,
    );
  }
  return milliseconds;
}

/** In milliseconds since the epoch. */
export function endOf(duration: Duration | { until: number }, now: number): number {
  return typeof duration === 'object' ? duration.until : now + durationMs(duration);
}

function parse(text: string): number {
  for (const [unit, factor] of Object.entries(unitMs)) {
    const amount = text.slice(0, -unit.length);
    if (text.endsWith(unit) && /^\d+(\.\d+)?$/.test(amount)) return Number(amount) * factor;
  }
  return Number.NaN;
}
