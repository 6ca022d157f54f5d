/** How fast this world turns. Settings of AWS keep their real values; `secondMs` says how long one of their seconds takes here. */
export type Timing = {
  /** Length of one second of an AWS setting (health check interval, drain, grace period, idle timeout), milliseconds. */
  secondMs: number;
  /** From the scheduler's decision to a place for the task, milliseconds. */
  provisionMs: number;
  /** How long an image is pulled, milliseconds. */
  pullMs: number;
  /** How long the application in the container needs to start, milliseconds. */
  startMs: number;
  /** How often the scheduler looks at each service, milliseconds. */
  tickMs: number;
  /** Pause of a deployment after one of its tasks failed, milliseconds. */
  restartDelayMs: number;
  /** How long the end of a task that served goes unnoticed: requests sent to it meanwhile fail, milliseconds. */
  noticeMs: number;
  /** A task without any health check is taken for good after running this long, milliseconds. */
  settleMs: number;
  /** From ModifyRule's answer until the load balancer follows it, milliseconds. */
  ruleDelayMs: number;
  /** After UpdateService, DescribeServices may show the service as it was before for this long, milliseconds. */
  staleReads: { minMs: number; maxMs: number };
  /** From a line of a container's output until CloudWatch Logs shows it, milliseconds. */
  logDelayMs: number;
};

/** A rolling deployment of two tasks takes about ten seconds. */
export const sandboxTiming: Timing = {
  secondMs: 200,
  provisionMs: 1_500,
  pullMs: 2_500,
  startMs: 800,
  tickMs: 250,
  restartDelayMs: 500,
  noticeMs: 800,
  settleMs: 1_500,
  ruleDelayMs: 400,
  staleReads: { minMs: 0, maxMs: 200 },
  logDelayMs: 500,
};
