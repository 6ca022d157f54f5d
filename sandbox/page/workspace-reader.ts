import { readHome, readMessages, readState, readViews } from './api.ts';
import { withCalls } from './call-counts.ts';
import { coalesced } from './coalesced.ts';
import { readCalls } from './faults/fault-calls.ts';
import type { Message } from './model.ts';
import { namesOf } from './names.ts';
import { channelInSight } from './panes/shown-place.ts';
import { isDirect } from './panes/sidebar.ts';
import type { ReadMarks } from './read-marks.ts';
import type { Store } from './store.ts';
import { countUnread } from './unread.ts';

/** Reads things of the workspace again and puts them into the store; an answer for another person is dropped. */
export class WorkspaceReader {
  readonly #store: Store;
  readonly #marks: ReadMarks;
  readonly #channels = new Map<string, () => Promise<void>>();
  readonly state = coalesced(() => this.#readState());
  readonly views = coalesced(() => this.#readViews());
  readonly home = coalesced(() => this.#readHome());
  readonly calls = coalesced(() => this.#readCalls());

  constructor(store: Store, marks: ReadMarks) {
    this.#store = store;
    this.#marks = marks;
  }

  /** What a channel, by name or id, shows now. One that is new to the page is looked up first. */
  async messages(nameOrId: string): Promise<void> {
    const isNew = this.#channelName(nameOrId) === undefined;
    if (isNew) await this.state();
    const channel = this.#channelName(nameOrId);
    if (channel !== undefined) await this.#readSoon(channel);
  }

  #channelName(nameOrId: string): string | undefined {
    const { channels } = this.#store.state.workspace;
    return channels.find(({ id, name }) => id === nameOrId || name === nameOrId)?.name;
  }

  #readSoon(channel: string): Promise<void> {
    const known = this.#channels.get(channel) ?? coalesced(() => this.#readMessages(channel));
    this.#channels.set(channel, known);
    return known();
  }

  async everything(): Promise<void> {
    await this.state();
    const channels = this.#store.state.workspace.channels.map(({ name }) => this.#readSoon(name));
    await Promise.all([...channels, this.views(), this.home()]);
  }

  /** Counts again what is unread; the open channel is read as long as somebody can see it. */
  markRead(): void {
    const { as, messages, workspace } = this.#store.state;
    const inSight = channelInSight(this.#store.state);
    const newest = inSight === undefined ? undefined : messages.get(inSight)?.at(-1);
    if (inSight !== undefined && newest !== undefined) this.#marks.markRead(as, inSight, Number(newest.ts));
    const unread = workspace.channels.map((channel) => {
      const lastRead = this.#marks.lastRead(as, channel.name);
      const view = { me: as, lastRead, isDirect: isDirect(channel) };
      return [channel.name, countUnread(messages.get(channel.name) ?? [], view)] as const;
    });
    this.#store.update({ unread: new Map(unread) });
  }

  async #readState(): Promise<void> {
    const workspace = await readState();
    this.#store.update({ workspace, names: namesOf(workspace) });
  }

  async #readCalls(): Promise<void> {
    const { calls } = this.#store.state;
    const fresh = await readCalls(calls.lastSequence);
    if (fresh.length > 0) this.#store.update({ calls: withCalls(calls, fresh) });
  }

  async #readMessages(channel: string): Promise<void> {
    const { as } = this.#store.state;
    const messages = await readMessages(channel, as);
    if (as === this.#store.state.as) this.#keep(channel, messages);
    else await this.#readMessages(channel);
  }

  #keep(channel: string, messages: Message[] | undefined): void {
    this.#store.update({ messages: new Map([...this.#store.state.messages, [channel, messages]]) });
    this.markRead();
  }

  async #readViews(): Promise<void> {
    const { as } = this.#store.state;
    const views = await readViews(as);
    if (as === this.#store.state.as) this.#store.update({ views });
    else await this.#readViews();
  }

  async #readHome(): Promise<void> {
    const { as } = this.#store.state;
    const home = await readHome(as);
    if (as === this.#store.state.as) this.#store.update({ home });
    else await this.#readHome();
  }
}
