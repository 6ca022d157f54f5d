import { z } from 'zod';
import type { ReplyAddress } from './chat.ts';

const base = {
  /** The same arrival has the same id, also when Slack delivers it again. */
  id: z.string(),
  userId: z.string(),
  /** Workspace the person acted from. No proof of membership: ask `People`. */
  userTeam: z.string().optional(),
  /** Milliseconds since the epoch. */
  receivedAt: z.number(),
};

/** What a person put into one field of a form; fields left empty are absent. Times are seconds since the epoch. */
export const FieldValue = z.union([z.string(), z.number(), z.array(z.string())]);
export type FieldValue = z.infer<typeof FieldValue>;

/** By block id, then by action id. */
export const FieldValues = z.record(z.string(), z.record(z.string(), FieldValue));
export type FieldValues = z.infer<typeof FieldValues>;

/** Words typed after `/forge`. */
export const Command = z.strictObject({
  ...base,
  kind: z.literal('command'),
  /** As typed, with people and channels as `<@U1|name>` and `<#C1|name>`. */
  text: z.string(),
  channel: z.string(),
  responseUrl: z.string(),
  triggerId: z.string(),
});
export type Command = z.infer<typeof Command>;

/** A button pressed or a choice made in a message, in a form or on the App Home. */
export const Press = z.strictObject({
  ...base,
  kind: z.literal('press'),
  actionId: z.string(),
  blockId: z.string(),
  /** The button's value, or what was chosen. */
  value: FieldValue.optional(),
  /** Where it was pressed: one of `message` and `view`. */
  message: z
    .strictObject({ channel: z.string(), ts: z.string(), threadTs: z.string().optional() })
    .optional(),
  view: z
    .strictObject({
      id: z.string(),
      hash: z.string(),
      type: z.enum(['modal', 'home']),
      callbackId: z.string(),
      privateMetadata: z.string(),
      values: FieldValues,
    })
    .optional(),
  channel: z.string().optional(),
  responseUrl: z.string().optional(),
  triggerId: z.string(),
});
export type Press = z.infer<typeof Press>;

/** A shortcut of Forge's, from Slack's search field or from the menu of a message. */
export const Shortcut = z.strictObject({
  ...base,
  kind: z.literal('shortcut'),
  callbackId: z.string(),
  /** The message whose menu it was chosen from. */
  on: z
    .strictObject({
      channel: z.string(),
      ts: z.string(),
      text: z.string(),
      /** Forge wrote it. */
      isOurs: z.boolean(),
      /** The id it was posted under, where Slack says it. */
      post: z.string().optional(),
    })
    .optional(),
  channel: z.string().optional(),
  responseUrl: z.string().optional(),
  triggerId: z.string(),
});
export type Shortcut = z.infer<typeof Shortcut>;

/** A form somebody sent. */
export const Submission = z.strictObject({
  ...base,
  kind: z.literal('submission'),
  callbackId: z.string(),
  viewId: z.string(),
  privateMetadata: z.string(),
  values: FieldValues,
  triggerId: z.string(),
});
export type Submission = z.infer<typeof Submission>;

/** A form somebody closed without sending it. */
export const Closing = z.strictObject({
  ...base,
  kind: z.literal('closing'),
  callbackId: z.string(),
  viewId: z.string(),
  privateMetadata: z.string(),
});
export type Closing = z.infer<typeof Closing>;

/** Somebody looks at Forge's App Home. */
export const HomeOpened = z.strictObject({ ...base, kind: z.literal('home-opened') });
export type HomeOpened = z.infer<typeof HomeOpened>;

/** Something a person did in Slack. Plain JSON, so that it can be kept and read again after a crash. */
export const Incoming = z.discriminatedUnion('kind', [
  Command,
  Press,
  Shortcut,
  Submission,
  Closing,
  HomeOpened,
]);
export type Incoming = z.infer<typeof Incoming>;

/** What is wrong with a form: block id → sentence shown under that block. */
export type FormCheck = { kind: 'accepted' } | { kind: 'errors'; errors: Record<string, string> };

/** What Forge does with what arrives. */
export type Reception = {
  /** Judges a form before it closes; answer within a second, Slack waits for three. Throws a `UserError` for what no field can show. */
  check(submission: Submission): Promise<FormCheck>;
  /** Resolves when it is kept for good, before Slack is told that it arrived. False: it was kept before. */
  keep(incoming: Incoming): Promise<boolean>;
  /** It was kept too late, the person was told that nothing was done: it must not be done after a restart either. */
  discard(incoming: Incoming, reason: string): Promise<void>;
  /** Does it. Called once for every arrival that was kept, after Slack was told. */
  process(incoming: Incoming): Promise<void>;
};

export function replyAddressOf(incoming: Incoming): ReplyAddress {
  const { userId } = incoming;
  switch (incoming.kind) {
    case 'command':
      return { userId, ...withoutAbsent(incoming) };
    case 'press':
    case 'shortcut':
      return { userId, ...withoutAbsent(incoming) };
    case 'submission':
      return { userId, ...channelOfForm(incoming.privateMetadata), triggerId: incoming.triggerId };
    case 'closing':
    case 'home-opened':
      return { userId };
  }
}

const OfChannel = z.looseObject({ channel: z.string() });

/** Where a form was asked for, if its hidden part says so. Whether that part is ours is for the form's command to judge. */
function channelOfForm(privateMetadata: string): { channel?: string } {
  try {
    const { channel } = OfChannel.parse(JSON.parse(privateMetadata));
    return { channel };
  } catch {
    // Without it the answer finds its way as a direct message.
    return {};
  }
}

function withoutAbsent({
  channel,
  responseUrl,
  triggerId,
}: Command | Press | Shortcut): Omit<ReplyAddress, 'userId'> {
  return {
    ...(channel !== undefined && { channel }),
    ...(responseUrl !== undefined && { responseUrl }),
    triggerId,
  };
}
