import type { People } from '../../src/ports/people.ts';

/** Who is in which group and channel, in memory. */
export class FakeMembers implements Pick<People, 'membersOf' | 'inChannel'> {
  /** People by user group or address. */
  readonly groups = new Map<string, string[]>();
  /** People by channel. */
  readonly channels = new Map<string, string[]>();
  /** Groups and channels of which the workspace says nothing. */
  readonly silent = new Set<string>();

  async membersOf(subject: string): Promise<string[]> {
    this.#answer(subject);
    return this.groups.get(subject) ?? (subject.startsWith('U') ? [subject] : []);
  }

  async inChannel(channel: string): Promise<ReadonlySet<string>> {
    this.#answer(channel);
    return new Set(this.channels.get(channel) ?? []);
  }

  #answer(asked: string): void {
    if (this.silent.has(asked)) throw new Error(`The workspace did not say who is in ${asked}`);
  }
}
