import { createBucket, createMinute } from './bucket.ts';
import type { News } from './pace.ts';

/** Slack takes about 50 edits a minute from one app over all its messages, as it counts them. */
const A_MINUTE = 46;
/** How many it takes at once is not published. */
const AT_ONCE = 22;
/** So many ends a minute are shown as soon as they are there: what can wait leaves room for them. */
const KEPT_FOR_ENDS = 25;
/** What redrawing clocks leaves besides for other news. */
const KEPT_FOR_NEWS = 10;

/** `mayEnd`: how many deployments are not finished, each of which may want to show its end the next moment. */
export type Wanted = { news: News; mayEnd: number };

/** Keeps all edits together within Slack's limit. Times in milliseconds since the epoch. */
export function createEditBudget() {
  const bucket = createBucket({ most: AT_ONCE, aMinute: A_MINUTE });
  const all = createMinute();
  const urgent = createMinute();
  let closedUntil = 0;

  function hasRoom(now: number, { news, mayEnd }: Wanted): boolean {
    if (now < closedUntil || all.count(now) >= A_MINUTE || bucket.level(now) < 1) return false;
    if (isUrgent(news)) return true;
    // Ends of the last minute have had their part: together with those to come they may take no more than is kept.
    const kept = Math.min(Math.max(0, KEPT_FOR_ENDS - urgent.count(now)), mayEnd);
    const most = A_MINUTE - kept - (news === 'clock' ? KEPT_FOR_NEWS : 0);
    return all.count(now) < most && bucket.level(now) >= 1 + Math.min(kept, AT_ONCE - 1);
  }

  return {
    hasRoom,
    /** Takes one edit; false: there is no room for it now. */
    take(now: number, wanted: Wanted): boolean {
      if (!hasRoom(now, wanted)) return false;
      bucket.take(now);
      all.add(now);
      if (isUrgent(wanted.news)) urgent.add(now);
      return true;
    },
    /** Slack asked for patience: its limit is one for all messages. */
    closeUntil(time: number): void {
      closedUntil = Math.max(closedUntil, time);
    },
  };
}

function isUrgent(news: News): boolean {
  return news === 'final' || news === 'question';
}
