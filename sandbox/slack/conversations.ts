import { BOT_USER_ID, CHANNELS, type Channel, USERS, type User } from './seed.ts';

/** Channels and direct messages. A direct message with Forge exists for each person, as `D` + the rest of their id. */
export class Conversations {
  readonly #byId: Map<string, Channel>;
  readonly #users: ReadonlyMap<string, User> = new Map(USERS.map((user) => [user.id, user]));

  /** `more` are channels besides those everybody finds. */
  constructor(more: readonly Channel[] = []) {
    this.#byId = new Map([...CHANNELS, ...more].map((channel) => [channel.id, channel]));
  }

  user(id: string): User | undefined {
    return this.#users.get(id);
  }

  byId(id: string): Channel | undefined {
    return this.#byId.get(id) ?? (id.startsWith('D') ? this.directWith(`U${id.slice(1)}`) : undefined);
  }

  /** Finds a channel by id, by name or by `#name`. */
  byIdOrName(key: string): Channel | undefined {
    const name = key.replace(/^[#@]/, '');
    return this.byId(key) ?? this.all().find((channel) => channel.name === name);
  }

  /** The direct message of Forge with a person; undefined when there is no such active person. */
  directWith(userId: string): Channel | undefined {
    const user = this.#users.get(userId);
    if (!user || user.kind === 'deactivated' || user.kind === 'bot') return undefined;
    const id = `D${user.id.slice(1)}`;
    const existing = this.#byId.get(id);
    if (existing) return existing;
    const members = [user.id, BOT_USER_ID];
    const channel: Channel = { id, name: user.name, archived: false, members, directWith: user.id };
    this.#byId.set(id, channel);
    return channel;
  }

  /** Replaces parts of a channel and returns it; undefined when there is none. */
  change(id: string, change: Partial<Pick<Channel, 'archived' | 'members'>>): Channel | undefined {
    const before = this.#byId.get(id);
    if (!before) return undefined;
    const after = { ...before, ...change };
    this.#byId.set(id, after);
    return after;
  }

  all(): Channel[] {
    return [...this.#byId.values()];
  }
}

export function isBotMember(channel: Channel): boolean {
  return channel.members.includes(BOT_USER_ID);
}
