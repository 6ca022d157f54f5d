import type { Actor } from './actor.ts';
import type { Pushed } from './events.ts';

/** Where something is deployed without a person asking. */
export type AutomaticPlace = { service: string; environment: string };

/** A branch or a tag by its full name, `refs/heads/main`, and what it pointed at before, where that is known. */
export type PushedRef = { ref: string; before?: string | undefined };

/** What came of it that a ref pointed at a commit. */
export const FOLLOWED = ['requested', 'held', 'not-deployed', 'moved', 'older'] as const;
export type FollowedOutcome = (typeof FOLLOWED)[number];

/** That a ref pointed at a commit, and what came of it in one place. The newest of a ref counts. */
export type Followed = AutomaticPlace & {
  /** `P12`. */
  id: string;
  ref: string;
  commit: string;
  outcome: FollowedOutcome;
  /** Why nothing was deployed: a sentence. */
  says?: string;
  deployment?: number;
  /** Who pushed it, as the code host calls them. Foreign text. */
  login?: string;
  /** Milliseconds since the epoch. */
  at: number;
};

/** Nothing is deployed by itself in a place until somebody says so. */
export type AutomaticHold = AutomaticPlace & {
  /** `H3`. */
  id: string;
  /** The deployment that rolled back, or was put back. Absent: a person wanted it so. */
  deployment?: number;
  by: Actor;
  why?: string;
  /** Milliseconds since the epoch. */
  at: number;
  ended?: { by: Actor; at: number; why?: string };
};

const BRANCH = 'refs/heads/';
const TAG = 'refs/tags/';

export type RefName = { kind: 'branch' | 'tag'; name: string };

/** What a full name names; undefined for what is neither a branch nor a tag. */
export function refNameOf(ref: string): RefName | undefined {
  if (ref.startsWith(BRANCH) && ref.length > BRANCH.length) {
    return { kind: 'branch', name: ref.slice(BRANCH.length) };
  }
  if (ref.startsWith(TAG) && ref.length > TAG.length) return { kind: 'tag', name: ref.slice(TAG.length) };
  return undefined;
}

export function fullNameOf({ kind, name }: RefName): string {
  return `${kind === 'branch' ? BRANCH : TAG}${name}`;
}

/** `main`, or `v1.2.0`: how people call it. */
export function shortNameOf(ref: string): string {
  return refNameOf(ref)?.name ?? ref;
}

/** Whether nobody knows for sure who of the workspace pushed it. */
export function isPusherUnknown({ pushed }: { pushed?: Pushed }): boolean {
  return pushed !== undefined && pushed.person === undefined;
}

/** Slack ids of who may not vote on it: who pushed it, and who wrote it where nobody knows that. */
export function pushersOf({ pushed }: { pushed?: Pushed }): string[] {
  return [pushed?.person, pushed?.author].filter((one) => one !== undefined);
}
