import type { Deployment } from '../src/domain/deployment.ts';
import { personWaitedFor } from '../src/domain/failed-before-start.ts';
import type { Recurring } from '../src/domain/recurring.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Change, Store } from '../src/ports/store.ts';
import { ringDeploying } from '../src/use-cases/deploy-bell.ts';
import { ringPreparing } from '../src/use-cases/prepare-bell.ts';
import { ringRecurring as ring } from '../src/use-cases/recurring.ts';

/** What should have gone on so long ago did not wake by itself. Milliseconds. */
const OVERDUE = 30_000;
const BY = 'the maintenance tick';

/**
 * Rings at every deployment that waits for a time which is past: its own timer is lost where the clock was set on, or the machine
 * slept. Each is rung once while it is as it is, so it does no harm however often it is called.
 */
export async function ringOverdue({ store, clock }: { store: Store; clock: Clock }): Promise<number> {
  const now = clock.now();
  const rings = [
    ...(await store.unfinished()).flatMap((one) => ringFor(one, now)),
    ...(await store.recurrings()).flatMap((one) => ringRecurring(one, now)),
  ];
  for (const ring of rings) await store.commit([ring]);
  return rings.length;
}

function ringFor(deployment: Deployment, now: number): Change[] {
  const { number, version, phase, startAt, startedAt } = deployment;
  if (startedAt !== undefined) return ringForRegion(deployment, now);
  const until = phase.kind === 'waiting' ? phase.until : personWaitedFor(deployment);
  const times = [until, startAt].filter((time) => time !== undefined && time + OVERDUE < now);
  if (times.length === 0) return [];
  return [ringPreparing(number, { id: `tick/${version}/${times.join('/')}`, by: BY })];
}

function ringForRegion(deployment: Deployment, now: number): Change[] {
  const until = waitsInRegion(deployment)?.until;
  if (until === undefined || until + OVERDUE >= now) return [];
  return [ringDeploying(deployment, { id: `tick/${deployment.version}/${until}`, by: BY })];
}

function ringRecurring({ id, nextAt }: Recurring, now: number): Change[] {
  return nextAt + OVERDUE < now ? [ring(id, { id: `tick/${nextAt}`, by: BY })] : [];
}
