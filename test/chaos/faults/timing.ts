import type { Timing } from '../../../src/domain/policy.ts';

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
