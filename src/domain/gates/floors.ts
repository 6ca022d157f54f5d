// Fewer requests than these say nothing (reference: AWS, 3.4): too few for a share or a percentile to mean something.

export const LEAST_REQUESTS = { errors: 50, p95: 20, p99: 100 } as const;

/** Fewer failures than these are never a breach, whatever their share: each may be chance. */
export const LEAST_ERRORS = 3;

/** Signals that do not wait until a limit was broken for long. */
export const CATASTROPHE = { errors: 0.25, requests: 20, probesInARow: 3 } as const;

/** Over the limit by so much more than the other colour in the same minutes, the new colour itself is to blame. */
export const CLEARLY_WORSE_THAN_LIVE = 1.5;

/** The same, compared with the minutes before the first shift. */
export const CLEARLY_WORSE_THAN_BEFORE = 1.2;

/** Share of requests that may come at times of a latency over its limit: a bad minute in ten is no failure, most of them are. */
export const SLOW_TIMES = { passed: 0.1, failed: 0.5 } as const;
