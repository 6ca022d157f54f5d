import type { Live, Place, Release, Target } from '../domain/release.ts';

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
  /** What serves the target now, read from the platform, never from our own records. */
  live(target: Target, options: CallOptions): Promise<Live>;
  /**
   * Puts the release on the target: a revision like the live one with the release's image by digest.
   * Called again with the same release it returns the same revision and starts nothing new.
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
    request: { on: Place; revision: string; digest?: string },
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
};
