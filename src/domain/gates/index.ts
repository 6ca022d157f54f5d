export { type Baseline, type BaselineWindow, baselineOf } from './baseline.ts';
export { evidenceNeeded } from './evidence.ts';
export type {
  BalancerSeries,
  ColourSeries,
  DatabaseSeries,
  Measurements,
  Point,
  ProbeRound,
  Series,
  TargetHealth,
} from './measurements.ts';
export { judgeTargets } from './pass-targets.ts';
export type { BakeResult, GateName, GateReading, Judgement, Unit } from './reading.ts';
export { judgeTriggers } from './triggers.ts';
