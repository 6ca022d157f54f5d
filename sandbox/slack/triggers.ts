import type { Clock, Identifiers } from './identifiers.ts';
import { SlackError } from './slack-error.ts';

/** A trigger id lets an app open one view for the person who caused it. */
const LIFETIME_MS = 3000;

type Trigger = { readonly user: string; readonly at: number; used: boolean };

export class Triggers {
  readonly #triggers = new Map<string, Trigger>();
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;

  constructor(clock: Clock, identifiers: Identifiers) {
    this.#clock = clock;
    this.#identifiers = identifiers;
  }

  issue(user: string): string {
    const at = this.#clock.now();
    const id = `${at}.${this.#triggers.size + 1}.${this.#identifiers.secret()}`;
    this.#triggers.set(id, { user, at, used: false });
    return id;
  }

  /** The person behind a trigger, which can then be used no more. Throws SlackError as views.open words it. */
  use(id: string): string {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new SlackError('invalid_trigger_id');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (this.#clock.now() - trigger.at > LIFETIME_MS) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger.user;
  }
}
