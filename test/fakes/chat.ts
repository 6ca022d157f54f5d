import type { Chat, ChatResult, Message } from '../../src/ports/chat.ts';

export type ChatMethod = 'post' | 'update' | 'findPosted';

/** A message as the workspace keeps it. */
export type KeptMessage = {
  id: string;
  channel: string;
  ts: string;
  threadTs?: string;
  message: Message;
  /** Every text it has shown, oldest first. */
  texts: string[];
  isDeleted: boolean;
};

/**
 * - `limited`, `refused`: nothing happens.
 * - `unclear-before`: nothing happens, and nobody can know.
 * - `unclear-after`: it happens, and nobody can know.
 * - `throws`: a fault of the adapter.
 */
export type ChatFault = {
  method: ChatMethod;
  kind: 'limited' | 'refused' | 'unclear-before' | 'unclear-after' | 'throws';
  /** Of `refused`. */
  code?: string;
  /** Of `limited`, in milliseconds; default 5 seconds. */
  retryAfterMs?: number;
  /** Default: everywhere. */
  channel?: string;
  /** Default: messages and thread lines. */
  only?: 'messages' | 'lines';
  /** How many calls it strikes; default: every call until `mend()`. */
  times?: number;
};

export type ChatCall = { method: ChatMethod; id: string; channel: string; at: number };

type Request = { id: string; channel: string; threadTs?: string };

/** A workspace in memory that keeps messages as Slack does. */
export class FakeChat implements Chat {
  readonly kept: KeptMessage[] = [];
  /** What it was asked, in order, also what failed. */
  readonly calls: ChatCall[] = [];
  readonly unsupported = new Set<string>();
  readonly #now: () => number;
  readonly #unknownBlocks = new Set<string>();
  #faults: ChatFault[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  break(fault: ChatFault): void {
    this.#faults.push({ ...fault });
  }

  /** Ends all faults. */
  mend(): void {
    this.#faults = [];
  }

  /** From now on the workspace does not know this kind of block. */
  forgetBlock(type: string): void {
    this.#unknownBlocks.add(type);
  }

  delete(ts: string): void {
    for (const one of this.kept) if (one.ts === ts) one.isDeleted = true;
  }

  /** What stands in the workspace, without the threads. */
  messages(): KeptMessage[] {
    return this.kept.filter(({ threadTs, isDeleted }) => threadTs === undefined && !isDeleted);
  }

  /** Lines of a message's thread. */
  thread(ts: string): string[] {
    return this.kept
      .filter(({ threadTs, isDeleted }) => threadTs === ts && !isDeleted)
      .map(({ message }) => message.text);
  }

  async post(request: Request & { message: Message }): Promise<ChatResult> {
    return this.#call('post', request, () => {
      const { id, channel, threadTs, message } = request;
      const unknown = this.#unknownBlockOf(message);
      if (unknown !== undefined) return unknown;
      const ts = `1700000000.${String(this.kept.length + 1).padStart(6, '0')}`;
      const kept: KeptMessage = {
        id,
        channel: channelOf(channel),
        ts,
        ...(threadTs === undefined ? {} : { threadTs }),
        message,
        texts: [message.text],
        isDeleted: false,
      };
      this.kept.push(kept);
      return { kind: 'done', channel: kept.channel, ts };
    });
  }

  async update(request: { channel: string; ts: string; message: Message }): Promise<ChatResult> {
    const { channel, ts, message } = request;
    const found = this.kept.find((one) => one.ts === ts && one.channel === channel && !one.isDeleted);
    return this.#call('update', { id: found?.id ?? '', channel }, () => {
      if (found === undefined) return refused('message_not_found');
      const unknown = this.#unknownBlockOf(message);
      if (unknown !== undefined) return unknown;
      found.message = message;
      found.texts.push(message.text);
      return { kind: 'done', channel, ts };
    });
  }

  async findPosted(request: Request): ReturnType<Chat['findPosted']> {
    const { id, threadTs } = request;
    const channel = channelOf(request.channel);
    const result = await this.#call('findPosted', request, () => {
      const found = this.kept.find(
        (one) => one.id === id && one.channel === channel && one.threadTs === threadTs && !one.isDeleted,
      );
      return { kind: 'done', channel, ts: found?.ts ?? '' };
    });
    if (result.kind !== 'done') return { kind: 'unclear', detail: 'The workspace did not list its messages' };
    return result.ts === '' ? { kind: 'absent' } : { kind: 'found', channel, ts: result.ts };
  }

  async permalink({ channel, ts }: { channel: string; ts: string }): Promise<string> {
    return `https://example.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
  }

  async #call(method: ChatMethod, request: Request, act: () => ChatResult): Promise<ChatResult> {
    const { id, channel } = request;
    this.calls.push({ method, id, channel, at: this.#now() });
    const fault = this.#strike(method, request);
    // Within the same turn, so that no time can pass while somebody waits for the answer.
    await Promise.resolve();
    switch (fault?.kind) {
      case 'limited':
        return { kind: 'limited', retryAfterMs: fault.retryAfterMs ?? 5_000 };
      case 'refused':
        return refused(fault.code ?? 'not_in_channel');
      case 'unclear-before':
        return { kind: 'unclear', detail: 'The connection was cut' };
      case 'unclear-after':
        act();
        return { kind: 'unclear', detail: 'The connection was cut' };
      case 'throws':
        throw new TypeError(`The adapter failed in ${method}`);
      case undefined:
        return act();
    }
  }

  #strike(method: ChatMethod, { id, channel }: Request): ChatFault | undefined {
    const part = id.includes('/') ? 'lines' : 'messages';
    const fault = this.#faults.find(
      (each) =>
        each.method === method &&
        each.times !== 0 &&
        (each.channel ?? channel) === channel &&
        (each.only ?? part) === part,
    );
    if (fault?.times !== undefined) fault.times -= 1;
    return fault;
  }

  #unknownBlockOf({ blocks }: Message): ChatResult | undefined {
    const unknown = blocks.find(({ type }) => this.#unknownBlocks.has(type));
    if (unknown === undefined) return undefined;
    this.unsupported.add(unknown.type);
    return { kind: 'unsupported-block', type: unknown.type };
  }
}

/** A person's direct messages are a channel with an id of its own. */
function channelOf(channel: string): string {
  return /^[UW]/u.test(channel) ? `D${channel}` : channel;
}

function refused(code: string): ChatResult {
  return { kind: 'refused', code, detail: `Slack answered ${code}` };
}
