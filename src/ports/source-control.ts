import type { Severity } from '../domain/check.ts';
import type { Release } from '../domain/release.ts';
import type { CallOptions } from './platform.ts';

export type Resolution =
  | { kind: 'found'; release: Release }
  /** Several releases match; newest first. */
  | { kind: 'ambiguous'; candidates: Release[] }
  /** Nothing matches; `known` are the newest versions there are. */
  | { kind: 'unknown'; known: string[] }
  /** The release exists, but not in every region it would run in. */
  | { kind: 'missing'; version: string; regions: string[] };

/** What the registry of one region says of the image of a commit. */
export type ImageThere =
  | {
      kind: 'present';
      digest: string;
      /** Only what is active can be pulled. */
      status: 'active' | 'archived' | 'activating';
      /** The commit its label `org.opencontainers.image.revision` names. Absent: it has none, or it could not be read of this status. */
      revision?: string;
      scan: ImageScan;
    }
  | { kind: 'absent' };

/** What is known of an image's weaknesses; `says` finishes “The scan …”. Only a complete one tells how many there are. */
export type ImageScan =
  | {
      kind: 'complete';
      findings: Record<Severity, number>;
      /** Findings that nobody has given a severity: they may be any. */
      unrated: number;
    }
  | { kind: 'running' | 'none' | 'unsupported' | 'failed' | 'expired'; says: string };

/**
 * Knows which releases there are. For now the image registry's tags tell: a version, `git-<commit>`, or the branch
 * (`main`, or `main-` and the beginning of the commit; slashes written as dashes). Read-only. Errors: `PlatformUnavailable`, `PlatformRefused`.
 */
export type SourceControl = {
  /** `ref` is a version, a commit or a unique prefix of one (7 digits or more), or a branch (its newest release). */
  resolve(
    request: { service: string; environment: string; ref: string },
    options: CallOptions,
  ): Promise<Resolution>;
  /** Newest first, for a form's list; at most `limit`. */
  recent(
    request: { service: string; environment: string; limit: number },
    options: CallOptions,
  ): Promise<Release[]>;
  /** What an image digest is called; undefined when the registry does not know it. */
  describe(
    request: { service: string; environment: string; region: string; digest: string },
    options: CallOptions,
  ): Promise<{ version: string; commit?: string } | undefined>;
  /** The image of exactly this commit, asked anew, by region: every region the service runs in. Idempotent. */
  image(
    request: { service: string; environment: string; commit: string },
    options: CallOptions,
  ): Promise<Record<string, ImageThere>>;
};
