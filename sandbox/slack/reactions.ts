import type { Changes } from './changes.ts';

export type Reaction = { readonly name: string; readonly users: readonly string[] };

/** The emoji under the messages. */
export class Reactions {
  readonly #byMessage = new Map<string, Reaction[]>();
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  of(channel: string, ts: string): readonly Reaction[] {
    return this.#byMessage.get(keyOf(channel, ts)) ?? [];
  }

  has(place: { channel: string; ts: string }, name: string, user: string): boolean {
    const reaction = this.of(place.channel, place.ts).find((one) => one.name === name);
    return reaction?.users.includes(user) === true;
  }

  add({ channel, ts }: { channel: string; ts: string }, name: string, user: string): void {
    const before = this.of(channel, ts);
    const known = before.find((one) => one.name === name);
    const others = before.filter((one) => one !== known);
    this.#set(channel, ts, [...others, { name, users: [...(known?.users ?? []), user] }]);
  }

  remove({ channel, ts }: { channel: string; ts: string }, name: string, user: string): void {
    const left = this.of(channel, ts).map((one) =>
      one.name === name ? { name, users: one.users.filter((id) => id !== user) } : one,
    );
    this.#set(
      channel,
      ts,
      left.filter((one) => one.users.length > 0),
    );
  }

  #set(channel: string, ts: string, reactions: Reaction[]): void {
    this.#byMessage.set(keyOf(channel, ts), reactions);
    this.#changes.emit({ what: 'messages', channel });
  }
}

function keyOf(channel: string, ts: string): string {
  return `${channel} ${ts}`;
}
