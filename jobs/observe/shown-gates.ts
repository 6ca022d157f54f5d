import type { GateReading } from '../../src/domain/gates/index.ts';
import { inMs, inPercent } from '../../src/domain/gates/words.ts';
import type { ShownGate } from '../../src/domain/shown-gate.ts';

/** One entry for each gate: what puts the release back counts first, then what the bake has to reach. */
export function shownGates(triggers: readonly GateReading[], targets: readonly GateReading[]): ShownGate[] {
  const shown = new Map<string, GateReading>();
  for (const reading of [...triggers, ...targets]) {
    if (shown.get(reading.gate)?.kind !== 'failed') shown.set(reading.gate, reading);
  }
  return [...shown.values()].map(shownGate);
}

function shownGate(reading: GateReading): ShownGate {
  const { gate, kind, value, words, at } = reading;
  return {
    gate,
    kind,
    ...(value === undefined ? {} : { value: inUnit(value, reading.unit, reading.limit) }),
    limit: limitOf(reading),
    words,
    ...(at === undefined ? {} : { at }),
  };
}

function limitOf({ bound, limit, unit }: GateReading): string {
  const value = inUnit(limit, unit);
  switch (bound) {
    case 'below':
      return `below ${value}`;
    case 'at-most':
      return `at most ${value}`;
    case 'at-least':
      return `at least ${value}`;
  }
}

function inUnit(value: number, unit: GateReading['unit'], beside?: number): string {
  switch (unit) {
    case 'share':
      return inPercent(value, beside);
    case 'ms':
      return inMs(value, beside);
    case 'count':
      return value.toLocaleString('en-GB', { maximumFractionDigits: 0 });
  }
}
