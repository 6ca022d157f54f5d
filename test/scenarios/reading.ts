import type { SlackMessage, SlackView } from '../../sandbox/parts.ts';
import { plainText } from '../../sandbox/plain-text.ts';

/** People of the sandbox's workspace; Gus is a guest, Noor belongs to a partner. */
export type Person =
  | 'maya'
  | 'jonas'
  | 'priya'
  | 'sam'
  | 'lena'
  | 'ravi'
  | 'dana'
  | 'elena'
  | 'guest'
  | 'noor';

/** A message as somebody reads it. */
export type Found = SlackMessage & { channel: string; words: string };
export type Form = SlackView & { words: string };

export function idOf(who: Person): string {
  return `U0${who.toUpperCase()}`;
}

export function found(channel: string, message: SlackMessage): Found {
  const blocks = plainText(message.blocks);
  const words = blocks.length === 0 ? message.text : blocks.join('\n');
  return { ...message, channel, words };
}

export function matches(text: string, words: string | RegExp): boolean {
  return typeof words === 'string' ? text.includes(words) : words.test(text);
}
