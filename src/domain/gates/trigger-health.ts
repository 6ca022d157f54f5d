import { type Look, unreadable } from './look.ts';

import type { Allowance, GateReading } from './reading.ts';
import { counted } from './words.ts';

/** Whether the new colour has lost all its healthy targets; one look is enough. */
export function targetsTrigger({ measurements: { targets, now, unread } }: Look): GateReading {
  const allowance = {
    gate: 'healthy-targets',
    limit: 1,
    unit: 'count',
    bound: 'at-least',
  } satisfies Allowance;
  if (unread?.targets !== undefined) return unreadable(allowance, unread.targets);
  const { next, live } = targets;
  const reading = { ...allowance, value: next.healthy, at: now };
  if (next.healthy > 0) {
    const words = `${next.healthy} of ${counted(next.wanted, 'task')} healthy.`;
    return { ...reading, kind: 'passed', words };
  }
  if (live.healthy > 0) {
    const words = `None of its tasks is healthy; the other release has ${counted(live.healthy, 'healthy task')}.`;
    return { ...reading, kind: 'failed', words };
  }
  const words = 'Neither of the two releases has a healthy task.';
  return { ...reading, kind: 'inconclusive', isShared: true, words };
}
