import type { Actor } from '../domain/actor.ts';
import type { Recurring } from '../domain/recurring.ts';

/** What is written about what recurs. Nothing is ever deleted. */
export type RecurringChange =
  /** A conflict when the id is taken: ask for the next one. */
  | { kind: 'save-recurring'; recurring: Omit<Recurring, 'placedAt' | 'problem' | 'cancelled'> }
  /** A conflict when it was cancelled, or is not due at `from` any more: each occurrence is dealt with once. */
  | { kind: 'advance-recurring'; id: string; from: number; to: number; problem?: string }
  /** A conflict when it was cancelled before. */
  | { kind: 'cancel-recurring'; id: string; by: Actor; why?: string };

export type Recurrings = {
  /** The id the next one would get; claim it by saving. */
  nextRecurring(): Promise<string>;
  recurring(id: string): Promise<Recurring | undefined>;
  /** Those not cancelled, the oldest first. */
  recurrings(): Promise<Recurring[]>;
};
