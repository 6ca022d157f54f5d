import { createBucket } from './bucket.ts';

/** Slack takes a post a second in one channel, with short bursts, and some hundred a minute in a workspace. */
const IN_A_CHANNEL = { most: 4, aMinute: 55 };
const IN_ALL = { most: 55, aMinute: 235 };

/** Keeps posts within Slack's limits. Times in milliseconds since the epoch. */
export function createPostBudget() {
  const everywhere = createBucket(IN_ALL);
  const channels = new Map<string, ReturnType<typeof createBucket>>();
  const closed = new Map<string, number>();

  function bucketOf(channel: string) {
    const bucket = channels.get(channel) ?? createBucket(IN_A_CHANNEL);
    channels.set(channel, bucket);
    return bucket;
  }
  /** A line of a thread leaves room for the next deployment's message. */
  function hasRoom(now: number, channel: string, { isLine }: { isLine: boolean }): boolean {
    if (now < (closed.get(channel) ?? 0)) return false;
    const least = isLine ? 2 : 1;
    return everywhere.level(now) >= least && bucketOf(channel).level(now) >= least;
  }

  return {
    hasRoom,
    /** Takes one post; false: there is no room for it now. */
    take(now: number, channel: string, what: { isLine: boolean }): boolean {
      if (!hasRoom(now, channel, what)) return false;
      everywhere.take(now);
      bucketOf(channel).take(now);
      return true;
    },
    /** Slack asked for patience in this channel. */
    closeUntil(time: number, channel: string): void {
      closed.set(channel, Math.max(time, closed.get(channel) ?? 0));
    },
  };
}
