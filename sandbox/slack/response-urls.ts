import type { Clock, Identifiers } from './identifiers.ts';
import { TEAM } from './seed.ts';

const USES = 5;
const LIFETIME_MS = 30 * 60_000;

export type ResponseTarget = {
  readonly kind: 'commands' | 'actions';
  readonly user: string;
  readonly channel: string;
  /** The message whose button was pressed. */
  readonly sourceTs?: string | undefined;
};
type Entry = { readonly target: ResponseTarget; readonly issuedAt: number; uses: number };

/** The addresses at which an app may answer a command or a click: five times in half an hour. */
export class ResponseUrls {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #origin: () => string;

  constructor(from: { clock: Clock; identifiers: Identifiers; origin: () => string }) {
    this.#clock = from.clock;
    this.#identifiers = from.identifiers;
    this.#origin = from.origin;
  }

  issue(target: ResponseTarget): string {
    const path = `/${target.kind}/${TEAM.id}/${this.#entries.size + 1}/${this.#identifiers.secret()}`;
    this.#entries.set(path, { target, issuedAt: this.#clock.now(), uses: 0 });
    return `${this.#origin()}${path}`;
  }

  /** Counts one use and says where it leads, or why it leads nowhere. */
  use(path: string): { target: ResponseTarget } | { refusal: 'expired_url' | 'used_url' } {
    const entry = this.#entries.get(path);
    if (!entry || this.#clock.now() - entry.issuedAt > LIFETIME_MS) return { refusal: 'expired_url' };
    if (entry.uses >= USES) return { refusal: 'used_url' };
    entry.uses += 1;
    return { target: entry.target };
  }
}
