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
};
