import type { Actor } from '../domain/actor.ts';
import type { Freeze } from '../domain/freeze.ts';
import type { Lock } from '../domain/lock.ts';
import type { RestrictionEvent } from '../domain/restriction-event.ts';

/**
 * What is written about freezes and locks, in one commit with the end of the arrival that asked for it: the same asking has one
 * effect. Each is recorded with who did it; nothing is ever deleted.
 */
export type RestrictionChange =
  /** A conflict when the id is taken: ask for the next one. */
  | {
      kind: 'place-freeze';
      freeze: Pick<Freeze, 'id' | 'scope' | 'owner' | 'reason' | 'from' | 'until'>;
      by: Actor;
    }
  /** A conflict when it was lifted before, or is over. */
  | { kind: 'lift-freeze'; id: string; by: Actor; why?: string }
  /** A conflict when the id is taken, or another lock that is in force overlaps. */
  | {
      kind: 'place-lock';
      lock: Pick<Lock, 'id' | 'environment' | 'service' | 'owner' | 'reason' | 'until'>;
      by: Actor;
    }
  /** These three are a conflict when the lock has another version than the one they were decided on, or is over. */
  | { kind: 'prolong-lock'; id: string; expectVersion: number; until: number; by: Actor }
  | {
      kind: 'hand-over-lock';
      id: string;
      expectVersion: number;
      to: string;
      until: number;
      by: Actor;
      why?: string;
    }
  | { kind: 'release-lock'; id: string; expectVersion: number; by: Actor; why?: string };

/** What happened to a freeze or a lock, in the order of `version`, which begins at 1. */
export type RestrictionRecord = {
  restriction: string;
  version: number;
  /** Milliseconds since the epoch. */
  at: number;
  by: Actor;
  why?: string;
  event: RestrictionEvent;
};

export type Restrictions = {
  /** The ids the next freeze and the next lock would get; claim one by placing it. */
  nextFreeze(): Promise<string>;
  nextLock(): Promise<string>;
  freeze(id: string): Promise<Freeze | undefined>;
  lock(id: string): Promise<Lock | undefined>;
  /** Those not lifted that end after that time, also those yet to begin; by when they begin. Milliseconds since the epoch. */
  freezesAhead(at: number): Promise<Freeze[]>;
  /** Those not released that end after that time, the oldest first. Milliseconds since the epoch. */
  locksAt(at: number): Promise<Lock[]>;
  restrictionRecords(id: string): Promise<RestrictionRecord[]>;
};
