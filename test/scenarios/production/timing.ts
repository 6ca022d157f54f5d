import type { Timing as AwsTiming } from '../../../sandbox/aws/timing.ts';
import { awsTiming as awsInAHurry } from '../../worlds/aws-timing.ts';

/** A second of AWS takes 20 ms, except the metrics: they have a value for every real second. */
export const awsTiming: AwsTiming = { ...awsInAHurry, staleReads: { minMs: 0, maxMs: 0 } };

/** As an operator would write it for this AWS: a minute of the real one takes a second here. */
export const forgeTiming = {
  poll: '100ms',
  observe: '1s',
  'start within': '60s',
  'smoke within': '60s',
  settle: '300ms',
  probe: '200ms',
  'metric period': '1s',
  'metric delay': '3s',
  'evidence within': '60s',
  'watch after return': '1s',
  silence: '20s',
  'question within': '60s',
  'message every': '200ms',
  'message refresh': '1s',
};

/** ECS shows a change within its stale reads; after this Forge takes what it is shown for the truth. Milliseconds. */
export const VISIBLE_WITHIN = 300;

/** This AWS does at once what it does. Milliseconds. */
export const LATE_WITHIN = 300;

/** A busy machine must not make a good release look sick. Milliseconds. */
export const SMOKE_WITHIN = 30_000;
