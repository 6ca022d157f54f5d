import type { DeploymentEvent } from '../../src/domain/events.ts';
import { type Deed, tell } from './act.ts';
import type { Situation } from './situation.ts';

type Waiting = Omit<Extract<DeploymentEvent, { type: 'waiting' }>, 'type'>;
type NotYet = Exclude<Situation['start'], { kind: 'may' }>;

/** Says for what it waits and until when, or waits until then where people know. */
export function waitForTime(start: NotYet, situation: Situation): Deed {
  const { why, until } = start;
  const waits = { for: waitedFor(start), why, ...(until === undefined ? {} : { until }) };
  return tellWaiting(waits, situation) ?? { kind: 'wait', until: wakeTime(start, situation) };
}

/** Undefined: it says so already. */
export function tellWaiting(waits: Waiting, { waitsFor }: Situation): Deed | undefined {
  const isSaid =
    waitsFor?.for === waits.for && waitsFor.why === waits.why && waitsFor.until === (waits.until ?? null);
  if (isSaid) return undefined;
  return tell(`wait for ${waits.for}`, { type: 'waiting', ...waits });
}

/** The first time at which anything about it may be otherwise; null: nobody knows. */
function wakeTime(start: NotYet, { wakeAt }: Situation): number | null {
  const lookAgainAt = start.kind === 'must-wait' ? start.lookAgainAt : undefined;
  const times = [start.until, lookAgainAt, wakeAt ?? undefined].filter((time) => time !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

function waitedFor(start: NotYet): Waiting['for'] {
  switch (start.kind) {
    case 'scheduled':
      return 'schedule';
    case 'needs-consent':
      return 'consent';
    case 'must-wait':
      return start.for;
  }
}
