import type { HomeView, KnownBlock, ModalView } from '@slack/types';

export type Message = {
  /** What notifications and screen readers say; mrkdwn, already escaped. */
  text: string;
  blocks: KnownBlock[];
};

/** Kinds of blocks this workspace refused; views render classic blocks instead of these. */
export type UnsupportedBlocks = ReadonlySet<string>;

export type ChatResult =
  | { kind: 'done'; channel: string; ts: string }
  /** Not before this many milliseconds. */
  | { kind: 'limited'; retryAfterMs: number }
  /** The workspace does not know this kind of block; remembered, so that the next rendering can do without it. */
  | { kind: 'unsupported-block'; type: string }
  /** It will be refused again: `code` is the workspace's own (`not_in_channel`, `message_not_found` …). */
  | { kind: 'refused'; code: string; detail: string }
  /** It may or may not have happened. */
  | { kind: 'unclear'; detail: string };

/**
 * The workspace people talk in. No method throws for an answer of the workspace, and none retries by itself a call
 * that could double a message.
 */
export type Chat = {
  /** Not idempotent: after `unclear`, ask `findPosted` before posting again. `channel` may be a user id: a direct message. */
  post(request: {
    /** Kept in the message's metadata, so that `findPosted` can tell it. */
    id: string;
    channel: string;
    threadTs?: string;
    /** Also shown in the channel. Only with `threadTs`. */
    broadcast?: boolean;
    message: Message;
  }): Promise<ChatResult>;
  /** Idempotent. */
  update(request: { channel: string; ts: string; message: Message }): Promise<ChatResult>;
  /**
   * Finds our own message by its id; `absent` only when the workspace's answer was complete. `channel` of what was found
   * is where it can be edited: for a direct message another id than the person's.
   */
  findPosted(request: {
    id: string;
    channel: string;
    threadTs?: string;
    /** Milliseconds since the epoch: it was not posted before. */
    since: number;
  }): Promise<
    { kind: 'found'; channel: string; ts: string } | { kind: 'absent' } | { kind: 'unclear'; detail: string }
  >;
  /** Link to a message; undefined when the workspace does not give one. */
  permalink(request: { channel: string; ts: string }): Promise<string | undefined>;
  readonly unsupported: UnsupportedBlocks;
};

/** Where the answer to one command, click or submission goes. */
export type ReplyAddress = {
  userId: string;
  channel?: string;
  /** Valid for 30 minutes and 5 uses. */
  responseUrl?: string;
  /** Valid for 3 seconds, once. */
  triggerId?: string;
};

/** `view`: id of what was opened, where the workspace said it. */
export type FormOpening = { kind: 'opened'; view?: string } | { kind: 'expired' };

/** `hash` stands for what is shown now; absent where the workspace did not say it. */
export type HomeResult = { kind: 'published'; hash?: string } | { kind: 'outdated' };

/** How Forge answers one person. Private answers are not recorded: they may be lost when both ways to the person fail. */
export type Replies = {
  /** Shown to that person only. */
  privately(address: ReplyAddress, message: Message): Promise<void>;
  /** `expired` when the trigger was too old or Slack did not say that the form opened: the caller then answers in words. */
  openForm(address: ReplyAddress, form: ModalView): Promise<FormOpening>;
  /**
   * Shows a form that is open anew; what the person has put in stays. `asOf` is when what it was made from was so, in
   * milliseconds since the epoch: a form that is older than the one shown is not shown any more, and neither is one that was closed.
   * Throws when the workspace does not take it.
   */
  updateForm(view: string, form: ModalView, options: { asOf: number }): Promise<void>;
  /**
   * Idempotent. With the `hash` of what stands there, `outdated` when something else was published meanwhile: then nothing
   * happens. Throws when the workspace does not take it.
   */
  publishHome(userId: string, home: HomeView, options?: { hash?: string | undefined }): Promise<HomeResult>;
};
