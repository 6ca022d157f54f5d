import { CodeHostUnavailable } from '../ports/code-host.ts';
import { type Answered, answerBehind } from './answered.ts';
import { saidIn } from './said.ts';

/** The longest a call waits for a limit to end. Seconds. */
export const MOST_WAIT_SECONDS = 60;

/** GitHub's longest limit is an hour: a header that says more is not believed. Milliseconds. */
const LONGEST = 3_600_000;

/**
 * Until when GitHub wants to be left alone (milliseconds since the epoch), or undefined: too many requests in an hour, or too many at
 * once. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function limitOf({ status, headers, data }: Answered, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const bounded = (until: number) => Math.min(Math.max(until, now), now + LONGEST);
  const retryAfter = secondsIn(headers['retry-after']);
  if (retryAfter !== undefined) return bounded(now + retryAfter * 1_000);
  const reset = secondsIn(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && reset !== undefined)
    return bounded(now + reset * 1_000 - timeOf(headers.date, now));
  const isLimit = status === 429 || /rate limit|abuse detection/i.test(saidIn(data));
  return isLimit ? bounded(now + MOST_WAIT_SECONDS * 1_000) : undefined;
}

/** What time it is for GitHub, as which it says when a limit ends: this machine's clock may be wrong. */
function timeOf(header: unknown, now: number): number {
  const at = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Math.abs(at - now) > 60_000 ? at : now;
}

/**
 * Keeps those from asking who were told to wait: who goes on asking is locked out for longer. Kept for each who asks, since GitHub
 * counts for each installation by itself.
 */
export function createLimits(now: () => number) {
  const blocked = new Map<string, number>();

  return {
    /** Throws `CodeHostUnavailable` while the limit of `who` lasts. */
    check(who: string, what: string): void {
      const until = blocked.get(who);
      if (until === undefined) return;
      if (until > now()) throw limited(what, until);
      blocked.delete(who);
    },
    /** Of what a call of `who` ended with. */
    note(who: string, error: unknown): void {
      const until = answerBehind(error)?.limitedUntil;
      if (until !== undefined) blocked.set(who, until);
    },
  };
}

/** `until`: milliseconds since the epoch. */
export function limited(what: string, until: number, options?: ErrorOptions): CodeHostUnavailable {
  const time = new Date(until).toISOString().slice(11, 19);
  return new CodeHostUnavailable(
    `Could not ${what}: GitHub lets Forge ask no more until ${time} UTC.`,
    options,
  );
}

function secondsIn(header: unknown): number | undefined {
  const seconds = typeof header === 'string' && header !== '' ? Number(header) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
