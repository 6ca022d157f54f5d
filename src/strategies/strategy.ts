import type { Step } from '../domain/plan.ts';
import type { EnvironmentPolicy, Run, ServicePolicy, ShiftStep, Timing } from '../domain/policy.ts';
import type { Live, Release } from '../domain/release.ts';

/** What a strategy plans from, of one region. No I/O: it is all here. */
export type RegionInput = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  run: Run;
  /** What will run; for an undo, what ran before. */
  release: Release;
  live: Live;
  timing: Timing;
};

export type StepsInput = RegionInput & {
  /** How traffic is moved, in order; empty where the strategy moves none. */
  shifts: readonly ShiftStep[];
};

export type UndoInput = RegionInput & {
  /** What ran there before, exactly as it was. */
  before: Live;
  /** A person would rather have too few tasks than the release that is live. */
  emergency: boolean;
};

/** Turns settings into steps. */
export type Strategy = {
  /** Puts a release on one region. */
  steps(input: StepsInput): Step[];
  /** Puts back what ran before in every region given. */
  undo(regions: readonly UndoInput[]): Step[];
};
