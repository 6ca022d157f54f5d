import { durationMs } from './duration.ts';
import { Fatal, type RetryPolicy } from './engine.ts';

const defaults = { backoff: '1s', factor: 2, maxBackoff: '1m' } as const;

/** How long to wait after a failed attempt, in milliseconds. Undefined: that failure is final. */
export function backoffMs(
  policy: RetryPolicy | undefined,
  failure: { attempt: number; error: unknown },
): number | undefined {
  if (policy === undefined || failure.attempt >= policy.attempts) return undefined;
  if (failure.error instanceof Fatal || policy.on?.(failure.error) === false) return undefined;
  const { backoff, factor, maxBackoff } = { ...defaults, ...policy };
  return Math.min(durationMs(maxBackoff), durationMs(backoff) * factor ** (failure.attempt - 1));
}
