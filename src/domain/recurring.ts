import { Cron } from 'croner';
import type { Actor } from './actor.ts';
import type { StrategyName } from './policy.ts';

/** A deployment that is asked for again and again. Times are milliseconds since the epoch. */
export type Recurring = {
  /** `R3`. */
  id: string;
  service: string;
  environment: string;
  /** Version, branch or commit; absent: the newest release of the environment's branch each time. */
  ref?: string;
  strategy?: StrategyName;
  /** Five fields, read by the wall clock of the zone. */
  cron: string;
  /** IANA zone. */
  zone: string;
  /** Slack id of who scheduled it, and is told when it could not be asked for. */
  owner: string;
  reason?: string;
  placedAt: number;
  nextAt: number;
  /** Why it was not asked for, the last time it was not. */
  problem?: { at: number; reason: string };
  cancelled?: { at: number; by: Actor; why?: string };
};

/** The first time after that which the cron names: one the clocks skip is the moment after, one they show twice is the first. Undefined: never again. */
export function nextOccurrence(
  { cron, zone }: Pick<Recurring, 'cron' | 'zone'>,
  after: number,
): number | undefined {
  const next = new Cron(cron, { mode: '5-part', timezone: zone, paused: true }).nextRun(new Date(after));
  return next?.getTime();
}

/** What is wrong with a cron, as the end of a sentence; undefined: nothing. */
export function cronProblem(cron: string): string | undefined {
  try {
    const next = nextOccurrence({ cron, zone: 'UTC' }, 0);
    return next === undefined ? 'it names no time at all.' : undefined;
  } catch {
    return 'a cron has five fields: minute, hour, day of the month, month, day of the week.';
  }
}
