import type { Clock } from './identifiers.ts';
import { RateCounts, type RateUsage } from './rate-usage.ts';

/** Calls a minute of each of Slack's tiers. */
const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;

const TIER_OF: Readonly<Record<string, keyof typeof TIERS>> = {
  'apps.connections.open': 3,
  'chat.update': 3,
  'chat.delete': 3,
  'chat.postEphemeral': 4,
  'conversations.info': 3,
  'conversations.list': 2,
  'conversations.history': 3,
  'conversations.replies': 3,
  'conversations.members': 4,
  'conversations.open': 3,
  'users.info': 4,
  'users.list': 2,
  'usergroups.list': 2,
  'usergroups.users.list': 2,
  'views.open': 4,
  'views.update': 4,
  'views.push': 4,
  'views.publish': 4,
  'team.info': 3,
  'bots.info': 3,
  'reactions.add': 3,
  'reactions.remove': 2,
  'users.lookupByEmail': 3,
  'chat.scheduleMessage': 3,
  'chat.deleteScheduledMessage': 3,
  'chat.scheduledMessages.list': 3,
  'api.test': 4,
};

type Rate = {
  readonly method: string;
  readonly channel?: string;
  readonly perMinute: number;
  readonly burst: number;
};
type Bucket = { tokens: number; at: number };

/** How much faster than Slack calls may come; `Infinity` switches the limits off. */
export type RateLimitScale = number;

/** Token buckets a method, and for posting also a channel and the whole workspace. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #counts: RateCounts;
  readonly #clock: Clock;
  readonly #scale: RateLimitScale;

  constructor(clock: Clock, scale: RateLimitScale) {
    this.#clock = clock;
    this.#counts = new RateCounts(clock);
    this.#scale = scale;
  }

  /** Takes one call; returns the seconds to wait when there are too many, undefined when it may go ahead. */
  take(method: string, channel: string): number | undefined {
    const rates = ratesOf(method, channel);
    const seconds = this.#secondsToWait(rates);
    for (const about of rates.length > 0 ? rates.map(countedOf) : [{ method }]) {
      this.#counts.add(about, seconds === undefined);
    }
    return seconds;
  }

  /** Every call so far, by method and, for posting, by channel too. Counted even where the limits are off. */
  usage(): RateUsage[] {
    return this.#counts.list();
  }

  #secondsToWait(rates: readonly Rate[]): number | undefined {
    if (this.#scale === Number.POSITIVE_INFINITY) return undefined;
    const waits = rates.map((rate) => this.#secondsUntilToken(rate)).filter((seconds) => seconds > 0);
    if (waits.length > 0) return Math.max(1, Math.ceil(Math.max(...waits)));
    for (const rate of rates) {
      const bucket = this.#buckets.get(keyOf(rate));
      if (bucket) bucket.tokens -= 1;
    }
    return undefined;
  }

  #secondsUntilToken(rate: Rate): number {
    const now = this.#clock.now();
    const perSecond = (rate.perMinute * this.#scale) / 60;
    const most = Math.max(1, rate.burst * this.#scale);
    const before = this.#buckets.get(keyOf(rate)) ?? { tokens: most, at: now };
    const tokens = Math.min(most, before.tokens + ((now - before.at) / 1000) * perSecond);
    this.#buckets.set(keyOf(rate), { tokens, at: now });
    return tokens >= 1 ? 0 : (1 - tokens) / perSecond;
  }
}

function ratesOf(method: string, channel: string): Rate[] {
  if (method === 'chat.postMessage') {
    return [
      { method, channel, perMinute: 60, burst: 5 },
      { method, perMinute: 300, burst: 100 },
    ];
  }
  const tier = TIER_OF[method];
  if (tier === undefined) return [];
  // Slack tolerates bursts but not how large; half a minute's calls at once is the reading taken here.
  return [{ method, perMinute: TIERS[tier], burst: Math.max(1, TIERS[tier] / 2) }];
}

function keyOf({ method, channel }: Rate): string {
  return channel === undefined ? method : `${method} ${channel}`;
}

function countedOf({ burst: _ownReading, ...counted }: Rate): Omit<Rate, 'burst'> {
  return counted;
}
