import type { Json } from '../domain/json.ts';
import type { CallOptions } from './platform.ts';

/** One moment of a schedule. */
export type Occurrence = {
  /** Always the same for the same occurrence: set twice, it is one. Any text of at most 400 characters. */
  name: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Comes with the signal: ids, not content, for what is true then is read then. */
  payload: Json;
};

/** Something outside says that the moment of an occurrence has come. */
export type DueSignal = Occurrence & {
  /** Takes the signal away. Until then it comes again, after a minute at the earliest. Idempotent. */
  done(options: CallOptions): Promise<void>;
};

/**
 * Wakes Forge when an occurrence is due, from outside. A doorbell, not a record: a signal may come twice, late, a little
 * early, after its occurrence was deleted, or never. Whoever receives one claims the occurrence in the database, which knows
 * what is due, then calls `done`; what no signal came for is found there too. Errors as `Platform`.
 */
export type ScheduleDriver = {
  /**
   * Sets it, or sets the one of that name anew, with time and payload. Idempotent. The signal comes within about a minute of
   * `at`; where that is over already, as soon as it can. One that has come already comes once more.
   */
  set(occurrence: Occurrence, options: CallOptions): Promise<void>;
  /** Takes it away; does nothing where there is none. Idempotent. */
  delete(name: string, options: CallOptions): Promise<void>;
  /**
   * What is due: waits up to 20 seconds for it, then gives nothing. Call it again and again. An abort rejects at once with the
   * signal's reason; what was on its way then comes again.
   */
  receive(options: CallOptions): Promise<readonly DueSignal[]>;
};
