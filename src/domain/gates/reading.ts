export type GateName =
  | 'errors'
  | '5xx'
  | 'p95'
  | 'p99'
  | 'active-connections'
  | 'database-connections'
  | 'healthy-targets'
  | 'probe';

/** `share` is 0 to 1. */
export type Unit = 'share' | 'ms' | 'count';

/** What a gate allows. */
export type Allowance = {
  readonly gate: GateName;
  readonly limit: number;
  readonly unit: Unit;
  /** What the limit means for the value. */
  readonly bound: 'below' | 'at-most' | 'at-least';
};

/** What one gate says, with the numbers that led to it. */
export type GateReading = Allowance & {
  /** `inconclusive`: not known, for want of requests or because both colours are in trouble. `error`: it could not be read. */
  readonly kind: 'passed' | 'failed' | 'inconclusive' | 'error';
  /** Absent: nothing was measured. */
  readonly value?: number;
  /** Requests it was judged by. */
  readonly requests?: number;
  /** Requests that would be enough to tell, where they are not yet. */
  readonly needed?: number;
  /** The colour that is replaced is over the limit too, in the same minutes: something they share is to blame. */
  readonly isShared?: true;
  /** Over the limit, but no worse than before the first shift: passed with a warning. */
  readonly isRelative?: true;
  /** When what it was judged by was measured: the end of its newest bucket (milliseconds since the epoch). */
  readonly at?: number;
  /** A sentence for people. */
  readonly words: string;
};

/** What follows from a look during a bake. */
export type Judgement = {
  readonly readings: readonly GateReading[];
  /**
   * `roll-back`: the new colour is bad; whether the other one can take the traffic is for the caller to look at.
   * `hold`: both colours are in trouble or one cannot tell; promotion waits and people are told why.
   */
  readonly decision: 'go-on-watching' | 'roll-back' | 'hold';
  /** Why, in sentences. Absent while it goes on watching. */
  readonly because?: string;
};

/** What follows at the end of a bake. */
export type BakeResult = {
  readonly readings: readonly GateReading[];
  /** `error`: something could not be read. Only `passed` is passed. */
  readonly kind: 'passed' | 'failed' | 'inconclusive' | 'error';
  /** Requests the new colour has taken and how many would be enough, where more requests would help. */
  readonly evidence?: { readonly requests: number; readonly needed: number };
  /** Something that both colours share is to blame, so more requests will not help. */
  readonly isShared?: true;
  /** Why it did not pass, or what it passed with, in sentences. Absent: it simply passed. */
  readonly because?: string;
};
