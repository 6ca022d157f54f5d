import type { RateUsage } from '../../../sandbox/slack/rate-usage.ts';
import type { End } from './ends.ts';

/** Whoever ended so much earlier is shown earlier; some calls are under way at the same time. Milliseconds. */
const SURELY_EARLIER = 500;
const SURELY_LATER_SHOWN = 3_000;
/** Later than this the message has to say so, with a second for the way to Slack. Milliseconds. */
const TOLD_LATE_BEYOND = 7_000;

/** What must never happen, however fast or slow the machine is. A sentence each. */
export function violations({
  ends,
  wanted,
  usage,
}: {
  ends: readonly End[];
  wanted: number;
  usage: readonly RateUsage[];
}): string[] {
  const found: string[] = [];
  if (ends.length !== wanted) found.push(`${wanted} deployments were asked for, ${ends.length} exist`);
  for (const { number, messages, endAt, endedAt, isToldLate } of ends) {
    if (messages.size !== 1) found.push(`#${number} has ${messages.size} messages`);
    if (endedAt === undefined) found.push(`#${number} never ended`);
    else if (endAt === undefined) found.push(`The end of #${number} was never shown`);
    else if (endAt - endedAt > TOLD_LATE_BEYOND && isToldLate !== true) {
      found.push(`#${number} was shown ${endAt - endedAt} ms late and does not say so`);
    }
  }
  for (const { method, channel = '', refused, perMinute, mostInAMinute } of usage) {
    if (refused > 0) found.push(`Slack refused ${refused} calls of ${method} ${channel}: too many`);
    if (perMinute !== undefined && mostInAMinute > perMinute) {
      found.push(
        `${method} ${channel} was called ${mostInAMinute} times in a minute instead of ${perMinute}`,
      );
    }
  }
  return [...found, ...outOfOrder(ends)];
}

function outOfOrder(ends: readonly End[]): string[] {
  const found: string[] = [];
  for (const one of ends) {
    for (const other of ends) {
      const [oneShown, oneEnded, otherShown, otherEnded] = [
        one.endAt,
        one.endedAt,
        other.endAt,
        other.endedAt,
      ];
      if (oneShown === undefined || oneEnded === undefined) continue;
      if (otherShown === undefined || otherEnded === undefined) continue;
      const isEarlier = oneEnded + SURELY_EARLIER < otherEnded;
      if (isEarlier && oneShown > otherShown + SURELY_LATER_SHOWN) {
        found.push(`#${one.number} ended before #${other.number} and was shown after it`);
      }
    }
  }
  return found;
}
