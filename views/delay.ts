import { code, duration, moment } from './text.ts';

/**
 * - `shown-late`: the end was known so many seconds before the message could show it.
 * - `crowded`: so many deployments run that this message is edited seldom.
 */
export type Delay = { kind: 'shown-late'; seconds: number } | { kind: 'crowded' };

/** Says so, and where the truth is now. `now` is milliseconds since the epoch. */
export function delayTold(delay: Delay, { number, now }: { number: number; now: number }): string {
  switch (delay.kind) {
    case 'shown-late':
      return `:hourglass: Shown here ${duration(delay.seconds)} after it ended: Slack took it no sooner.`;
    case 'crowded':
      return `:hourglass: As of ${moment(now)}: many deployments are under way, and Slack limits how often messages may change. ${code(`/forge status #${number}`)} shows it as it is.`;
  }
}
