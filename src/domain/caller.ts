import type { Actor } from './actor.ts';

/** Who asks, after permission was given, and what makes the asking unique. */
export type Caller = {
  actor: Extract<Actor, { kind: 'person' }>;
  /** Id of the arrival (command, click, submission) that asks: the same asking has one effect. */
  arrival: string;
  /** Of a form: which one was sent, with what in it. Somebody may send it again who was not told that it arrived. */
  form?: string;
};

/** Who asks for a deployment: a person, or a trigger by what was pushed. */
export type Requester = {
  actor: Extract<Actor, { kind: 'person' | 'trigger' }>;
  /** Of a trigger: of what was pushed where. */
  arrival: string;
  /** As of a `Caller`. */
  form?: string;
};

/** What makes the asking for something new unique: a form that is sent twice asks once. */
export function askingOf({ arrival, form }: Requester): string {
  return form ?? arrival;
}
