import type { Step } from '../domain/plan.ts';
import type { Run, ServicePolicy, Timing } from '../domain/policy.ts';
import type { Live, Release } from '../domain/release.ts';

/** What a strategy plans from. No I/O: it is all here. */
export type StrategyInput = {
  service: ServicePolicy;
  run: Run;
  /** What will run; for an undo, what ran before. */
  release: Release;
  live: Live;
  timing: Timing;
};

/** Turns settings into the steps of one region, in order. */
export type Strategy = {
  /** Puts a release on the region. */
  steps(input: StrategyInput): Step[];
  /** Puts `revision`, which ran there before, back on the region. */
  undo(input: StrategyInput & { revision: string }): Step[];
};
