import { z } from 'zod';
import type { Role } from './roles.ts';

/** What must be true of a release before it is deployed, as the policy asks for it; in the order of the policy. */
export type CheckPolicy = {
  /** What people call it, unique among those of one deployment. */
  name: string;
  /** How long it may take. Milliseconds. */
  within: number;
} & CheckKind;

export type CheckKind =
  /** A command in a clean checkout of the commit, by a runner that can reach nothing of Forge's. */
  | {
      kind: 'command';
      run: string;
      /** Run before it, once for each checkout. Absent: nothing is to be installed. */
      install?: string;
      /** Milliseconds. */
      installWithin: number;
      /** Bytes of output that are kept: the last ones. */
      outputLimit: number;
    }
  /** A check run or commit status of the commit on GitHub. What else but passed counts as passed is said here. */
  | { kind: 'github'; check: string; accepts: readonly ('neutral' | 'skipped')[] }
  /** The image of the commit is in the registry of every region, not archived, and its label names the commit. */
  | { kind: 'image' }
  /**
   * At most so many findings of these severities; one that is left out has no limit. Findings that nobody knows block.
   * `override`: whose word lets it pass, with a reason.
   */
  | { kind: 'scan'; most: Partial<Record<Severity, number>>; override?: Role }
  /** This very image was live in another environment, and its deployment there succeeded. */
  | { kind: 'staged'; in: string }
  /** No destructive SQL in files that changed, outside a declared contract step. */
  | { kind: 'migrations-safe'; files: string }
  /** The file was changed since what is live. */
  | { kind: 'changelog'; file: string }
  /** A box that a person ticks in the message. `by`: who may; absent: whoever may deploy. */
  | { kind: 'box'; says: string; by?: Role };

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What one look at a check came to; unknown is never passed. All text is foreign or may hold foreign text. */
export type CheckVerdict =
  | { kind: 'passed'; says: string }
  | { kind: 'failed'; says: string; tail?: string[]; more?: More }
  | { kind: 'unknown'; says: string; tail?: string[]; more?: More }
  /** Not decided yet; `says` who or what is late. Looked at again after so many milliseconds. */
  | { kind: 'waiting'; says: string; lookAgainIn: number; more?: More };

/** How to see it all. */
export const More = z.union([
  z.strictObject({ url: z.string() }),
  /** A command to type in the repository. */
  z.strictObject({ command: z.string() }),
]);
export type More = z.infer<typeof More>;

/** Lines of output that people are shown. */
export const TAIL_LINES = 30;

/** A check of the policy as people are told of it before it has begun. */
export const PlannedCheck = z.strictObject({
  /** As the policy names it: unique among those of one deployment. */
  name: z.string(),
  /** As in `CheckPolicy`. */
  kind: z.string(),
  /** Digest of everything that the policy asks for: one that asks for something else is another check. */
  of: z.string(),
  /** Of a box: what is confirmed by ticking it, and the role whose word that takes. Absent role: whoever may deploy there. */
  box: z.strictObject({ says: z.string(), by: z.string().optional() }).optional(),
});
export type PlannedCheck = z.infer<typeof PlannedCheck>;
