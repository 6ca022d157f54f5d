import type { Timing } from '../../sandbox/aws/timing.ts';

/** A second of AWS takes 20 ms: a rolling deployment of two tasks about a second. */
export const awsTiming: Timing = {
  secondMs: 20,
  provisionMs: 10,
  pullMs: 10,
  startMs: 10,
  tickMs: 20,
  restartDelayMs: 20,
  noticeMs: 20,
  settleMs: 100,
  ruleDelayMs: 20,
  logDelayMs: 0,
  staleReads: { minMs: 0, maxMs: 40 },
};
