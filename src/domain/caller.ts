import type { Actor } from './actor.ts';

/** Who asks, after permission was given, and what makes the asking unique. */
export type Caller = {
  actor: Extract<Actor, { kind: 'person' }>;
  /** Id of the arrival (command, click, submission) that asks: the same asking has one effect. */
  arrival: string;
};

/** Who asks for a deployment: a person, or a trigger by what was pushed. */
export type Requester = {
  actor: Extract<Actor, { kind: 'person' | 'trigger' }>;
  /** Of a trigger: of what was pushed where. */
  arrival: string;
};
