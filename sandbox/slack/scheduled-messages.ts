import type { Clock, Identifiers } from './identifiers.ts';
import type { MessageContent, Messages } from './messages.ts';

export type ScheduledMessage = {
  readonly id: string;
  readonly channel: string;
  /** Seconds since 1970. */
  readonly postAt: number;
  readonly createdAt: number;
  readonly content: MessageContent;
};

/** The longest delay Node's timers know; no sandbox lives that long. */
const LONGEST_MS = 2 ** 31 - 1;

/** Messages an app handed over for later. They are posted when their time has come. */
export class ScheduledMessages {
  readonly #waiting = new Map<string, { message: ScheduledMessage; timer: NodeJS.Timeout }>();
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #messages: Messages;

  constructor(from: { clock: Clock; identifiers: Identifiers; messages: Messages }) {
    this.#clock = from.clock;
    this.#identifiers = from.identifiers;
    this.#messages = from.messages;
  }

  /** Soonest first. */
  list(): ScheduledMessage[] {
    return [...this.#waiting.values()]
      .map(({ message }) => message)
      .toSorted((one, other) => one.postAt - other.postAt);
  }

  add(from: { channel: string; postAt: number; content: MessageContent }): ScheduledMessage {
    const now = this.#clock.now();
    const id = this.#identifiers.withPrefix('Q');
    const message = { ...from, id, createdAt: Math.floor(now / 1000) };
    const timer = setTimeout(() => this.#post(message), Math.min(LONGEST_MS, from.postAt * 1000 - now));
    timer.unref();
    this.#waiting.set(id, { message, timer });
    return message;
  }

  remove(id: string): void {
    clearTimeout(this.#waiting.get(id)?.timer);
    this.#waiting.delete(id);
  }

  stop(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
  }

  #post({ id, channel, content }: ScheduledMessage): void {
    this.#waiting.delete(id);
    this.#messages.post(channel, content);
  }
}
