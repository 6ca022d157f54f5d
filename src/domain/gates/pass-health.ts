import { type Look, unreadable } from './look.ts';
import type { GateReading } from './reading.ts';
import { counted } from './words.ts';

/** Of the targets that are wanted, so many may be missing for a moment, as when tasks are added or replaced: share, 0 to 1. */
const MISSING = 0.25;

/**
 * Whether all targets of the new colour that are wanted are healthy, and at least one. A few that are missing at the very
 * moment of the look prove nothing against a release; they are waited for.
 */
export function healthPass({ measurements: { targets, unread, now } }: Look): GateReading {
  const { healthy, wanted } = targets.next;
  const limit = Math.max(1, wanted);
  const allowance = { gate: 'healthy-targets', limit, unit: 'count', bound: 'at-least' } as const;
  if (unread?.targets !== undefined) return unreadable(allowance, unread.targets);
  return {
    ...allowance,
    kind: kindOf(healthy / limit),
    value: healthy,
    at: now,
    words: `${healthy} of ${counted(limit, 'task')} healthy.`,
  };
}

function kindOf(share: number): GateReading['kind'] {
  if (share >= 1) return 'passed';
  return share >= 1 - MISSING ? 'inconclusive' : 'failed';
}
