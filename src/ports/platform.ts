import type { Colour, Live, Place, Release, Target } from '../domain/release.ts';
import type { Split } from '../domain/traffic.ts';

/**
 * Every call ends when `signal` aborts; then its outcome is unknown. A change that was sent already is not cut: the call
 * ends when it has been answered or has run into its own time limit, a few seconds later at most.
 */
export type CallOptions = { signal: AbortSignal };

export type Health =
  | { kind: 'healthy'; running: number; detail: string }
  | { kind: 'starting'; healthy: number; of: number; note?: string }
  /** The release cannot start: the reason is in words a person can act on. */
  | { kind: 'failed'; reason: string }
  /** Somebody else put another revision on the target since: what runs there is theirs to judge. */
  | { kind: 'replaced'; reason: string };

export type RunningImages =
  | { kind: 'matching'; tasks: number }
  | { kind: 'different'; reason: string }
  /** Not every task reports its digest yet. */
  | { kind: 'unknown'; reason: string };

/** What the load balancer says of a target in colours, in one round of reads side by side. */
export type Traffic = {
  /** Every rule of the service, in the policy's order. `other`: words for actions that are no split between the two colours. */
  rules: { arn: string; split: Split | { other: string } }[];
  /** What all rules agree on; absent where they do not. */
  split?: Split;
  /** Targets behind each colour's target group: healthy, and all that are registered and not draining. */
  targets: Record<Colour, { healthy: number; registered: number }>;
};

/** The platform did not answer, or refused for a reason of its own: no judgement about a release follows from it. */
export class PlatformUnavailable extends Error {
  override readonly name = 'PlatformUnavailable';
}

/** The platform refuses what was asked and will refuse it again (permission missing, service unknown, wrong set-up). */
export class PlatformRefused extends Error {
  override readonly name = 'PlatformRefused';
}

/**
 * Where services run. Every method is idempotent: it sets a desired state or reads, so it may be called again
 * after an unknown outcome. Errors: `PlatformUnavailable` (retry may help), `PlatformRefused` (a person must mend it).
 */
export type Platform = {
  /**
   * What serves the target now, read from the platform, never from our own records. A target in colours whose set-up would
   * drop requests or hide the truth (traffic split by hand, sticky sessions, a target group in no rule …) is refused.
   */
  live(target: Target, options: CallOptions): Promise<Live>;
  /**
   * Puts the release on the target: a revision like the live one with the release's image by digest.
   * Called again with the same release it returns the same revision and starts nothing new. On a colour it starts as many
   * tasks as the live colour is wanted to have, and keeps both colours from being scaled in.
   */
  start(
    target: Target,
    request: { on: Place; release: Release },
    options: CallOptions,
  ): Promise<{ revision: string }>;
  /**
   * Sets the target's desired revision to one that exists, and returns the one to watch: a revision that names its image
   * by tag is put there as a copy pinned to `digest`, the image that really ran, when that is known.
   */
  restore(
    target: Target,
    request: {
      on: Place;
      revision: string;
      digest?: string /** Tasks it has at least then. Absent: as many as now. */;
      desired?: number;
    },
    options: CallOptions,
  ): Promise<{ revision: string }>;
  /**
   * How far `revision` is on the target: healthy only when it alone serves the target, with every task wanted running and,
   * behind a load balancer, healthy there, and no earlier change of ours may still arrive.
   */
  health(target: Target, request: { on: Place; revision: string }, options: CallOptions): Promise<Health>;
  /** Whether every running task of the target carries this image digest. */
  runningImages(
    target: Target,
    request: { on: Place; digest: string },
    options: CallOptions,
  ): Promise<RunningImages>;
  /** Rules and target health of a target in colours; one round of reads side by side. */
  traffic(target: Target, options: CallOptions): Promise<Traffic>;
  /** Sets the weights of every rule of the target, all at once; other parts of the rules stay. Read it back with `traffic`. */
  setTraffic(target: Target, split: Split, options: CallOptions): Promise<void>;
  /** Tasks wanted and running of one colour, and the revision it is to run; whatever its set-up is like. */
  tasks(
    target: Target,
    on: Colour,
    options: CallOptions,
  ): Promise<{ desired: number; running: number; revision: string }>;
  /** Sets how many tasks a colour is wanted to have; its revision stays. */
  scale(target: Target, request: { on: Colour; desired: number }, options: CallOptions): Promise<void>;
  /**
   * `normal`: the colour takes traffic and is scaled as its policies say. `keep`: never fewer tasks than now. `off`: it has
   * no tasks, and nothing may start any. A colour without auto scaling is left alone.
   */
  autoscaling(
    target: Target,
    request: { on: Colour; mode: 'normal' | 'keep' | 'off' },
    options: CallOptions,
  ): Promise<void>;
};
