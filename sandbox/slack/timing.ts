/** How long things take in the workspace, in milliseconds. */
export type Timing = {
  /** How long an app has to acknowledge. */
  readonly ackMs: number;
  /** When an event nobody acknowledged comes again, each counted from the attempt before. */
  readonly eventRetryDelaysMs: readonly number[];
  /** How long a Socket Mode connection lives before it is to be replaced. */
  readonly connectionMs: number;
  /** The same for a connection opened with `debug_reconnects=true`. */
  readonly debugConnectionMs: number;
  /** How long before that the app is warned. */
  readonly warningMs: number;
  /** How long a connection that was asked to leave may stay. */
  readonly graceMs: number;
  readonly pingEveryMs: number;
};

export const SLACK_TIMING: Timing = {
  ackMs: 3000,
  eventRetryDelaysMs: [0, 60_000, 300_000],
  connectionMs: 18_060_000,
  debugConnectionMs: 360_000,
  warningMs: 10_000,
  graceMs: 10_000,
  pingEveryMs: 10_000,
};

/** The longest delay Node's timers know; more would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Slack's own timing, `speed` times as fast. What an app must keep to stays as it is: 3 s to acknowledge, and pings,
 * whose pace the libraries count on.
 */
export function timingAt(speed: number): Timing {
  const faster = (ms: number) => Math.min(LONGEST_MS, ms / speed);
  const { ackMs, pingEveryMs, eventRetryDelaysMs } = SLACK_TIMING;
  return {
    ackMs,
    pingEveryMs,
    eventRetryDelaysMs: eventRetryDelaysMs.map(faster),
    connectionMs: faster(SLACK_TIMING.connectionMs),
    debugConnectionMs: faster(SLACK_TIMING.debugConnectionMs),
    warningMs: faster(SLACK_TIMING.warningMs),
    graceMs: faster(SLACK_TIMING.graceMs),
  };
}
