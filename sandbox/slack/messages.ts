import type { SlackMessage } from '../parts.ts';
import type { Changes } from './changes.ts';
import type { Identifiers } from './identifiers.ts';
import type { InputValues } from './input-state.ts';
import type { JsonObject } from './json.ts';

export type MessageContent = {
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
  readonly threadTs?: string | undefined;
  readonly broadcast?: boolean | undefined;
  readonly metadata?: JsonObject | undefined;
  /** The one user an ephemeral message is shown to. */
  readonly shownTo?: string | undefined;
  readonly edited?: boolean | undefined;
  readonly warning?: string | undefined;
  /** What each person picked in the message's menus, by user id. */
  readonly picked?: Readonly<Record<string, InputValues>> | undefined;
};
export type Message = MessageContent & { readonly channel: string; readonly ts: string };

/** Every message of the workspace, in the order in which it was posted. */
export class Messages {
  #messages: Message[] = [];
  readonly #identifiers: Identifiers;
  readonly #changes: Changes;

  constructor(identifiers: Identifiers, changes: Changes) {
    this.#identifiers = identifiers;
    this.#changes = changes;
  }

  post(channel: string, content: MessageContent): Message {
    const message = { ...content, channel, ts: this.#identifiers.timestamp() };
    this.#messages.push(message);
    this.#changes.emit({ what: 'messages', channel });
    return message;
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#messages.find((message) => message.channel === channel && message.ts === ts);
  }

  /** Replaces parts of a message and returns it; undefined when it is gone. */
  change(channel: string, ts: string, change: Partial<MessageContent>): Message | undefined {
    const index = this.#messages.findIndex((message) => message.channel === channel && message.ts === ts);
    const before = this.#messages[index];
    if (!before) return undefined;
    const after = { ...before, ...change };
    this.#messages[index] = after;
    this.#changes.emit({ what: 'messages', channel });
    return after;
  }

  remove(channel: string, ts: string): boolean {
    const left = this.#messages.filter((message) => message.channel !== channel || message.ts !== ts);
    const found = left.length < this.#messages.length;
    this.#messages = left;
    if (found) this.#changes.emit({ what: 'messages', channel });
    return found;
  }

  /** Oldest first. Ephemeral messages are not part of a channel's history. */
  history(channel: string): Message[] {
    return this.#messages.filter((message) => message.channel === channel && message.shownTo === undefined);
  }

  replies(channel: string, threadTs: string): Message[] {
    return this.history(channel).filter((message) => message.threadTs === threadTs);
  }

  has(channel: string): boolean {
    return this.#messages.some((message) => message.channel === channel);
  }

  /** What a person sees in a channel, oldest first. */
  visibleTo(channel: string, user: string): SlackMessage[] {
    return this.#messages
      .filter((message) => message.channel === channel)
      .filter((message) => message.shownTo === undefined || message.shownTo === user)
      .map((message) => this.#summary(message));
  }

  #summary(message: Message): SlackMessage {
    const replies = this.replies(message.channel, message.ts).length;
    return {
      ts: message.ts,
      user: message.user,
      text: message.text,
      blocks: [...message.blocks],
      ephemeral: message.shownTo !== undefined,
      edited: message.edited === true,
      ...(message.threadTs !== undefined && { threadTs: message.threadTs }),
      ...(message.broadcast === true && { broadcast: true }),
      ...(replies > 0 && { replyCount: replies }),
      ...(message.warning !== undefined && { warning: message.warning }),
    };
  }
}
