import { randomBytes, randomUUID } from 'node:crypto';

export type Clock = { now(): number };

/** Makes the ids of the workspace. Timestamps are unique and rise, which Slack promises per channel. */
export class Identifiers {
  readonly #clock: Clock;
  #lastMicroseconds = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A message's `ts`: seconds with six decimals, as a string. */
  timestamp(): string {
    this.#lastMicroseconds = Math.max(this.#clock.now() * 1000, this.#lastMicroseconds + 1);
    const seconds = Math.floor(this.#lastMicroseconds / 1_000_000);
    const rest = String(Math.floor(this.#lastMicroseconds % 1_000_000)).padStart(6, '0');
    return `${seconds}.${rest}`;
  }

  short(): string {
    return randomBytes(8).toString('base64url').replaceAll(/[-_]/g, 'x').slice(0, 5);
  }

  withPrefix(prefix: string): string {
    return `${prefix}${randomBytes(6).toString('hex').toUpperCase().slice(0, 10)}`;
  }

  secret(): string {
    return randomBytes(12).toString('hex');
  }

  envelope(): string {
    return randomUUID();
  }
}
