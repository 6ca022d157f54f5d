import type { GatePolicy } from '../gate-policy.ts';
import type { Grid } from './buckets.ts';
import type { Measurements } from './measurements.ts';
import type { Allowance, GateReading } from './reading.ts';

/** One look: what was measured, what is allowed, and which buckets count. */
export type Look = { readonly measurements: Measurements; readonly policy: GatePolicy; readonly grid: Grid };

/** What the gate judges could not be read: that is never as good as passed. */
export function unreadable({ gate, limit, unit, bound }: Allowance, why: string): GateReading {
  return { gate, limit, unit, bound, kind: 'error', words: `Could not be read: ${why}.` };
}

export function sentencesOf(readings: readonly GateReading[]): string {
  return readings.map(({ words }) => words).join(' ');
}

export function isThere(reading: GateReading | undefined): reading is GateReading {
  return reading !== undefined;
}

export const SHARED = 'something that both share is to blame, such as the database';
