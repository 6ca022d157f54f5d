import { endOfNewest } from './buckets.ts';
import { CATASTROPHE, LEAST_ERRORS, LEAST_REQUESTS } from './floors.ts';
import { isThere, type Look } from './look.ts';
import { probeStateOf } from './probe.ts';
import { type Failures, type Rate, shareOf } from './rate.ts';
import { atMost, consequence, inTime, noMoreThanBefore, sharedTrouble, whatFailed } from './rate-words.ts';
import type { GateReading } from './reading.ts';
import { type Limit, type Standing, standingOf } from './standing.ts';
import { hasLasted, type Stretch, stretchOf } from './stretch.ts';
import { counted, timeSpan } from './words.ts';

/** Whether the new colour's errors or 5xx have been over the limit for too long, or are a catastrophe in a single bucket. */
export function rateTrigger(rate: Rate, limit: number, look: Look): GateReading {
  const trigger = { rate, look, limit: { limit, bound: 'at-most' } } satisfies Trigger;
  const found = [catastrophe(trigger), lasting(trigger)];
  return found.find((reading) => reading?.kind === 'failed') ?? found.find(isThere) ?? quiet(trigger);
}

type Trigger = { readonly rate: Rate; readonly look: Look; readonly limit: Limit };

/** In any bucket: what a restart of Forge missed counts. What both share counts only while it is going on. */
function catastrophe({ rate, look, limit: { limit } }: Trigger): GateReading | undefined {
  if (rate.gate === '5xx') return undefined;
  const trigger = {
    rate,
    look,
    limit: { limit: Math.max(CATASTROPHE.errors, limit), bound: 'below' },
  } satisfies Trigger;
  const buckets = rate.buckets.filter((bucket) => rate.nextIn([bucket]).requests >= CATASTROPHE.requests);
  const standings = buckets.map((bucket) => standingIn(trigger, [bucket], CATASTROPHE.requests));
  const bad = buckets[standings.lastIndexOf('over')];
  const shown = { limit, bound: 'at-most' } as const;
  if (bad !== undefined) return { ...broken(trigger, [bad]), ...shown };
  const isSharedNow = standings.at(-1) === 'shared' && buckets.at(-1) === rate.buckets.at(-1);
  return isSharedNow ? { ...shared(trigger, rate.buckets.slice(-1)), ...shown } : undefined;
}

/** By the newest buckets that have lasted and carry enough: what was before them may have had another cause. */
function lasting(trigger: Trigger): GateReading | undefined {
  const { rate, look, limit } = trigger;
  const isOver = (bucket: number) =>
    standingOf(shareOf(rate.nextIn([bucket])), limit, { before: rate.before }) === 'over';
  const stretch = stretchOf(new Map(rate.buckets.map((bucket) => [bucket, isOver(bucket)])), look.grid);
  const lengths = stretch.map((_, index) => index + 1);
  const length = lengths.find((some) => isBreach(stretch.slice(0, some), trigger));
  if (length === undefined) return undefined;
  const breach = stretch.slice(0, length);
  return standingIn(trigger, breach, LEAST_REQUESTS.errors) === 'shared'
    ? shared(trigger, breach)
    : broken(trigger, breach);
}

function isBreach(stretch: Stretch, { rate, look }: Trigger): boolean {
  const { measurements, policy, grid } = look;
  const { requests, errors } = rate.nextIn(stretch);
  const isEnough = requests >= LEAST_REQUESTS.errors && errors >= LEAST_ERRORS;
  return isEnough && hasLasted(stretch, { forMs: policy.rollBackWhen.for, now: measurements.now, grid });
}

/** The newest buckets with enough requests to say something. */
function quiet(trigger: Trigger): GateReading {
  const { rate, look, limit } = trigger;
  const recent = recentBuckets(rate);
  const failures = rate.nextIn(recent);
  const reading = { ...measured(trigger, recent), kind: 'inconclusive' } as const;
  if (failures.requests === 0) return { ...reading, words: 'No requests yet.' };
  const words = `${whatFailed(rate.gate, failures, limit.limit)} ${inTime(recent, look.grid)}`;
  if (failures.requests < LEAST_REQUESTS.errors) {
    const needed = LEAST_REQUESTS.errors;
    return { ...reading, needed, words: `${words}; it takes ${counted(needed, 'request')} to judge.` };
  }
  const standing = standingOf(shareOf(failures), limit, { before: rate.before });
  if (standing === 'within')
    return { ...reading, kind: 'passed', words: `${words}; ${atMost(limit.limit)}.` };
  if (standing === 'no-worse') {
    return { ...reading, kind: 'passed', isRelative: true, words: `${words}: ${noMoreThanBefore(rate)}.` };
  }
  const patience = timeSpan(look.policy.rollBackWhen.for);
  return {
    ...reading,
    words: `${words}; ${atMost(limit.limit)}, and traffic goes back when it lasts for ${patience}.`,
  };
}

function recentBuckets(rate: Rate): readonly number[] {
  let requests = 0;
  const from = rate.buckets.findLastIndex((bucket) => {
    requests += rate.nextIn([bucket]).requests;
    return requests >= LEAST_REQUESTS.errors;
  });
  return rate.buckets.slice(Math.max(0, from));
}

function standingIn(
  { rate, look, limit }: Trigger,
  buckets: readonly number[],
  leastOfLive: number,
): Standing {
  const next = rate.nextIn(buckets);
  const live = rate.liveIn(buckets);
  const standing = standingOf(shareOf(next), limit, {
    live: live.requests >= leastOfLive ? shareOf(live) : undefined,
    before: rate.before,
  });
  if (standing !== 'over' && standing !== 'near') return standing;
  return isNobodysFault(next, limit, look) ? 'shared' : 'over';
}

/** The load balancer's own errors alone are over the limit, and the probe of neither colour is answered. */
function isNobodysFault(
  { requests, errors, unattributed }: Failures,
  limit: Limit,
  { measurements }: Look,
): boolean {
  if (probeStateOf(measurements.probe ?? []) !== 'both-fail') return false;
  return standingOf((errors - unattributed) / requests, limit, {}) === 'within';
}

function broken(trigger: Trigger, buckets: readonly number[]): GateReading {
  const { rate, look, limit } = trigger;
  const words = whatFailed(rate.gate, rate.nextIn(buckets), limit.limit);
  return {
    ...measured(trigger, buckets),
    kind: 'failed',
    words: `${words} ${inTime(buckets, look.grid)}; ${consequence(limit)}.`,
  };
}

function shared(trigger: Trigger, buckets: readonly number[]): GateReading {
  const { rate, look, limit } = trigger;
  const words = whatFailed(rate.gate, rate.nextIn(buckets), limit.limit);
  return {
    ...measured(trigger, buckets),
    kind: 'inconclusive',
    isShared: true,
    words: `${words} ${inTime(buckets, look.grid)}, ${sharedTrouble(rate.liveIn(buckets), look)}.`,
  };
}

function measured({ rate, look, limit }: Trigger, buckets: readonly number[]) {
  const failures = rate.nextIn(buckets);
  const at = endOfNewest(buckets, look.grid);
  return {
    gate: rate.gate,
    ...limit,
    unit: 'share',
    requests: failures.requests,
    ...(failures.requests > 0 && { value: shareOf(failures) }),
    ...(at !== undefined && { at }),
  } as const;
}
