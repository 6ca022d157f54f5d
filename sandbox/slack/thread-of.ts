import { type Call, flag, optionalString } from './call.ts';
import { SlackError } from './slack-error.ts';

/** The thread a new message goes to, if any. Throws SlackError cannot_reply_to_message. */
export function threadOf({ args, workspace }: Call, channel: string) {
  const threadTs = optionalString(args, 'thread_ts');
  if (threadTs === undefined || threadTs === '') return undefined;
  const parent = workspace.messages.find(channel, threadTs);
  const isParent = parent && parent.threadTs === undefined && parent.shownTo === undefined;
  if (!isParent) throw new SlackError('cannot_reply_to_message');
  return { threadTs, broadcast: flag(args, 'reply_broadcast') };
}
