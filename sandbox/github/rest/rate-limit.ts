import { GithubError } from '../github-error.ts';
import { APP } from '../people.ts';
import { CALLS_AN_HOUR } from '../settings.ts';

const WINDOW_MS = 3_600_000;

/** How many calls are left this hour, for all callers together. */
export class RateLimit {
  #left = CALLS_AN_HOUR;
  #resetsAt: number;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.#resetsAt = now() + WINDOW_MS;
  }

  set(to: { left: number; resetSeconds: number }): void {
    this.#left = to.left;
    this.#resetsAt = this.#now() + to.resetSeconds * 1000;
  }

  left(): number {
    this.#renew();
    return this.#left;
  }

  resetSeconds(): number {
    this.#renew();
    return Math.max(1, Math.ceil((this.#resetsAt - this.#now()) / 1000));
  }

  /** Counts a call. Throws GithubError 403 when none is left. */
  take(): void {
    if (this.left() === 0) throw rateLimited(this.headers());
    this.#left -= 1;
  }

  /** An answer that nothing changed costs nothing. */
  giveBack(): void {
    this.#left = Math.min(CALLS_AN_HOUR, this.#left + 1);
  }

  headers(): Record<string, string> {
    const left = this.left();
    return {
      'x-ratelimit-limit': String(CALLS_AN_HOUR),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-used': String(CALLS_AN_HOUR - left),
      'x-ratelimit-reset': String(Math.ceil(this.#resetsAt / 1000)),
      'x-ratelimit-resource': 'core',
    };
  }

  #renew(): void {
    if (this.#now() < this.#resetsAt) return;
    this.#left = CALLS_AN_HOUR;
    this.#resetsAt = this.#now() + WINDOW_MS;
  }
}

/** No call is left this hour. */
export function rateLimited(headers: Readonly<Record<string, string>>): GithubError {
  return new GithubError(403, `API rate limit exceeded for installation ID ${APP.installation}.`, {
    headers: { ...headers, 'x-ratelimit-remaining': '0' },
  });
}

/** Too many at once, or too fast; GitHub does not say before how many that is. */
export function secondaryLimited(retryAfterSeconds: number): GithubError {
  return new GithubError(
    403,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  );
}
