import { type Look, unreadable } from './look.ts';
import type { GateReading } from './reading.ts';
import { counted } from './words.ts';

/** Whether all targets of the new colour that are wanted are healthy, and at least one. */
export function healthPass({ measurements: { targets, unread, now } }: Look): GateReading {
  const { healthy, wanted } = targets.next;
  const limit = Math.max(1, wanted);
  const allowance = { gate: 'healthy-targets', limit, unit: 'count', bound: 'at-least' } as const;
  if (unread?.targets !== undefined) return unreadable(allowance, unread.targets);
  const kind = healthy >= limit ? 'passed' : 'failed';
  return {
    ...allowance,
    kind,
    value: healthy,
    at: now,
    words: `${healthy} of ${counted(limit, 'target')} healthy.`,
  };
}
