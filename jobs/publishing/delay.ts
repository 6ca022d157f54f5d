import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import type { Delay } from '../../views/delay.ts';
import type { Pace } from './pace.ts';

/** An end shown later than this is said to be late. Milliseconds. */
const LATE = 5_000;
/** With more under way, a message is edited less often than people expect. */
const CROWD = 12;

/** What people must be told about how fresh an edit is that is made now. `now` in milliseconds since the epoch. */
export function delayOf(deployment: Deployment, pace: Pace, now: number): Delay | undefined {
  if (!isFinished(deployment)) return pace.countRunning() > CROWD ? { kind: 'crowded' } : undefined;
  const last = pace.lastShown(deployment);
  // What is edited after its end was shown, or by a process that did not see it run, tells something else.
  if (last === undefined || isFinished(last.deployment)) return undefined;
  const late = now - (deployment.endedAt ?? now);
  return late > LATE ? { kind: 'shown-late', seconds: Math.round(late / 1000) } : undefined;
}
