import { CATASTROPHE } from './floors.ts';
import type { Look } from './look.ts';
import { probeStateOf } from './probe.ts';
import type { GateReading } from './reading.ts';
import { counted } from './words.ts';

/** Whether the new colour no longer answers synthetic requests while the other one does. Undefined without a probe. */
export function probeTrigger({ measurements: { probe, now } }: Look): GateReading | undefined {
  if (probe === undefined || probe.length === 0) return undefined;
  const reading = {
    gate: 'probe',
    limit: CATASTROPHE.probesInARow,
    unit: 'count',
    bound: 'below',
    at: now,
  } as const;
  const silent = probe.length - 1 - probe.findLastIndex(({ next }) => next);
  const times = counted(silent, 'time');
  const state = probeStateOf(probe);
  switch (state) {
    case 'answers':
      return {
        ...reading,
        value: silent,
        kind: 'passed',
        words: silent === 0 ? 'Answers.' : `Did not answer ${times} in a row.`,
      };
    case 'next-fails': {
      const words = `The new release did not answer ${times} in a row, while the previous one did.`;
      return { ...reading, value: silent, kind: 'failed', words };
    }
    case 'both-fail': {
      const words = `Neither release answered ${times} in a row: one cannot tell whose fault it is.`;
      return { ...reading, value: silent, kind: 'inconclusive', isShared: true, words };
    }
  }
}
