import type { Clock } from './identifiers.ts';

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
};

type Rate = { readonly key: string; readonly perMinute: number; readonly burst: number };
type Bucket = { tokens: number; at: number };

/** How much faster than Slack calls may come; `Infinity` switches the limits off. */
export type RateLimitScale = number;

/** Token buckets a method, and for posting also a channel and the whole workspace. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;
  readonly #scale: RateLimitScale;

  constructor(clock: Clock, scale: RateLimitScale) {
    this.#clock = clock;
    this.#scale = scale;
  }

  /** Takes one call; returns the seconds to wait when there are too many, undefined when it may go ahead. */
  take(method: string, channel: string): number | undefined {
    if (this.#scale === Number.POSITIVE_INFINITY) return undefined;
    const rates = ratesOf(method, channel);
    const waits = rates.map((rate) => this.#secondsUntilToken(rate)).filter((seconds) => seconds > 0);
    if (waits.length > 0) return Math.max(1, Math.ceil(Math.max(...waits)));
    for (const { key } of rates) {
      const bucket = this.#buckets.get(key);
      if (bucket) bucket.tokens -= 1;
    }
    return undefined;
  }

  #secondsUntilToken({ key, perMinute, burst }: Rate): number {
    const now = this.#clock.now();
    const perSecond = (perMinute * this.#scale) / 60;
    const most = Math.max(1, burst * this.#scale);
    const before = this.#buckets.get(key) ?? { tokens: most, at: now };
    const tokens = Math.min(most, before.tokens + ((now - before.at) / 1000) * perSecond);
    this.#buckets.set(key, { tokens, at: now });
    return tokens >= 1 ? 0 : (1 - tokens) / perSecond;
  }
}

function ratesOf(method: string, channel: string): Rate[] {
  if (method === 'chat.postMessage') {
    return [
      { key: `${method} ${channel}`, perMinute: 60, burst: 5 },
      { key: method, perMinute: 300, burst: 100 },
    ];
  }
  const tier = TIER_OF[method];
  if (tier === undefined) return [];
  // Slack tolerates bursts but not how large; half a minute's calls at once is the reading taken here.
  return [{ key: method, perMinute: TIERS[tier], burst: Math.max(1, TIERS[tier] / 2) }];
}
