import type { Timing as AwsTiming } from '../../../sandbox/aws/timing.ts';

/** A second of AWS takes 20 ms. */
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

/** As an operator would write it for this AWS. */
export const FORGE_TIMING = `
  poll: 100ms
  observe: 1s
  start within: 5m
  smoke within: 5m
  settle: 150ms
  probe: 150ms
  metric period: 1s
  metric delay: 1s
  evidence within: 20s
  watch after return: 400ms
  silence: 12s
  question within: 5m
  message every: 200ms
  message refresh: 2s
`.trim();

/** ECS shows a change within its stale reads; after this Forge takes what it is shown for the truth. Milliseconds. */
export const VISIBLE_WITHIN = 300;
/** This AWS does at once what it does. Milliseconds. */
export const LATE_WITHIN = 300;
/** So often customers of each service come by. Requests per second. */
export const CUSTOMERS = 40;
