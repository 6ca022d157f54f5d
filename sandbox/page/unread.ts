import type { Message } from './model.ts';

export type Unread = { count: number; mentions: number };

/** What somebody has not seen: messages in the channel itself, and replies only where they are mentioned. */
export function countUnread(
  messages: readonly Message[],
  { me, lastRead, isDirect }: { me: string; lastRead: number; isDirect: boolean },
): Unread {
  const unread: Unread = { count: 0, mentions: 0 };
  for (const message of messages) {
    if (message.user === me || Number(message.ts) <= lastRead) continue;
    const isMention = isDirect || mentions(message, me);
    if (!isMention && !isInChannel(message)) continue;
    unread.count += 1;
    if (isMention) unread.mentions += 1;
  }
  return unread;
}

/** True for messages of the channel itself, false for replies that only their thread shows. */
export function isInChannel(message: Message): boolean {
  return message.threadTs === undefined || message.threadTs === message.ts || message.isBroadcast;
}

function mentions(message: Message, user: string): boolean {
  return message.text.includes(`<@${user}`) || JSON.stringify(message.blocks).includes(user);
}
