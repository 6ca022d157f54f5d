import type { Percentile } from './latency.ts';
import { aside, counted, inMs } from './words.ts';

/** `1 % of 412 requests took longer than 1,340 ms (previous release: 300 ms)`. */
export function whatTook(percentile: Percentile, took: Took, limitMs: number): string {
  const beside = aside(took.live, (ms) => `previous release: ${inMs(ms)}`);
  return `${slowestOf(percentile)} of ${counted(took.requests, 'request')} took longer than ${inMs(took.ms, limitMs)}${beside}`;
}

/** `5 %`: the share that a percentile leaves over. */
export function slowestOf(percentile: Percentile): string {
  return percentile === 'p95' ? '5 %' : '1 %';
}

/** A percentile of so many requests; `live` is the other colour's at the same time. Milliseconds. */
export type Took = { readonly requests: number; readonly ms: number; readonly live?: number | undefined };

/** `no slower than before this deployment (300 ms)`. */
export function noSlowerThanBefore(before: number | undefined): string {
  return `no slower than before this deployment${aside(before, (ms) => inMs(ms))}`;
}
