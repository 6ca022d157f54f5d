import type { SlackMessage } from '../../../sandbox/parts.ts';
import { BOT_USER_ID } from '../../../sandbox/slack/seed.ts';
import type { SlackServer } from '../../../sandbox/slack/slack.ts';
import { PEOPLE } from './places.ts';

/** What Slack has shown of one deployment. Times in milliseconds since the epoch. */
export type Seen = {
  /** Timestamps of its messages: there must be one. */
  messages: Set<string>;
  /** When the end was first shown. */
  endAt?: number;
  /** Whether the message says that it came late. */
  isToldLate?: boolean;
};

/** Between two looks at what changed: looking at everything at once would hold up the workspace. Milliseconds. */
const LOOK = 200;

/** Looks at the channels that changed, as a person with a fast eye would. By deployment number. */
export function watchMessages(slack: SlackServer, channels: readonly string[]) {
  const seen = new Map<number, Seen>();
  const changed = new Set<string>();
  const unsubscribe = slack.subscribe((change) => {
    if (change.what === 'messages' && channels.includes(change.channel)) changed.add(change.channel);
  });
  const timer = setInterval(() => {
    for (const channel of changed) {
      for (const message of slack.messages(channel, PEOPLE[0] ?? '')) look(message, seen);
    }
    changed.clear();
  }, LOOK);
  const stop = () => {
    unsubscribe();
    clearInterval(timer);
  };
  return { seen, stop };
}

function look(message: SlackMessage, seen: Map<number, Seen>): void {
  if (message.user !== BOT_USER_ID || message.ephemeral || message.threadTs !== undefined) return;
  const number = Number(/\(#(\d+)\)$/.exec(message.text)?.[1]);
  if (!Number.isInteger(number)) return;
  const one: Seen = seen.get(number) ?? { messages: new Set() };
  seen.set(number, one);
  one.messages.add(message.ts);
  if (one.endAt !== undefined) return;
  const blocks = JSON.stringify(message.blocks);
  if (!blocks.includes('100 % · took')) return;
  one.endAt = Date.now();
  one.isToldLate = blocks.includes('after it ended: Slack took it');
}
