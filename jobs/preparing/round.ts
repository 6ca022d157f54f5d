import type { JobContext } from '../engine/engine.ts';
import type { Seen } from './situation.ts';

export type Context = JobContext<{ deployment: number }>;

/** One look at how things stand, and what follows from it. `name`: of an operation, made this round's own. */
export type Round = { name(what: string): string; number: number } & Seen;

/** Nothing was started and nothing changed; `reason` is for people. */
export type NotStarted = { type: 'refused'; reason: string };

export function refused(reason: string): NotStarted {
  return { type: 'refused', reason };
}
