import type { Timing as AwsTiming } from '../../../sandbox/aws/timing.ts';
import type { Timing } from '../../../src/domain/policy.ts';

/** A second of AWS takes 20 ms: a rolling deployment of two tasks about a second. */
export const awsTiming: AwsTiming = {
  secondMs: 20,
  provisionMs: 10,
  pullMs: 10,
  startMs: 10,
  tickMs: 20,
  restartDelayMs: 20,
  noticeMs: 20,
  settleMs: 100,
  ruleDelayMs: 20,
  staleReads: { minMs: 0, maxMs: 40 },
};

/** As an operator would write them for this AWS. Milliseconds. */
export const forgeTiming: Timing = {
  poll: 100,
  observe: 1_000,
  startWithin: 60_000,
  smokeWithin: 60_000,
  settle: 200,
  probe: 100,
  metricPeriod: 1_000,
  metricDelay: 2_000,
  evidenceWithin: 10_000,
  watchAfterReturn: 500,
  silence: 4_000,
  questionWithin: 60_000,
  messageEvery: 200,
  messageRefresh: 1_000,
};

/** ECS shows a change within its stale reads; after this Forge takes what it is shown for the truth. Milliseconds. */
export const VISIBLE_WITHIN = 2_000;
