import { ControlError } from '../../sandbox/parts.ts';
import { plainText } from '../../sandbox/plain-text.ts';
import type { SlackServer } from '../../sandbox/slack/slack.ts';
import { type Form, type Found, found, idOf, type Person } from './reading.ts';

/** What people see in Slack at this moment. */
export class Screen {
  readonly slack: SlackServer;

  constructor(slack: SlackServer) {
    this.slack = slack;
  }

  formNow(who: Person): Form | undefined {
    const view = this.slack.views(idOf(who)).at(-1);
    if (view === undefined) return undefined;
    return { ...view, words: plainText([view.view.blocks].flat()).join('\n') };
  }

  homeOf(who: Person): string {
    return plainText([this.slack.home(idOf(who))?.view.blocks].flat()).join('\n');
  }

  /** Everything the person sees there, oldest first. */
  sees(who: Person, channel = 'deploys'): Found[] {
    try {
      return this.slack.messages(channel, idOf(who)).map((message) => found(channel, message));
    } catch (error) {
      if (error instanceof ControlError) return [];
      throw error;
    }
  }

  /** What was said to that person alone, in any channel or as a direct message. */
  privateAnswers(who: Person): Found[] {
    const alone = ['deploys', 'production', 'general'].flatMap((channel) =>
      this.sees(who, channel).filter(({ ephemeral }) => ephemeral),
    );
    return [...alone, ...this.sees(who, `D${idOf(who).slice(1)}`)];
  }

  /** Deployment messages of a channel: what everybody sees and is no reply. */
  deploymentMessages(channel = 'deploys', who: Person = 'sam'): Found[] {
    return this.sees(who, channel).filter(
      ({ ephemeral, threadTs, text }) => !ephemeral && threadTs === undefined && /\(#\d+\)$/u.test(text),
    );
  }

  messageOf(number: number): Found | undefined {
    const channels = ['deploys', 'production', 'D0MAYA', 'D0SAM'] as const;
    return channels
      .flatMap((channel) => this.deploymentMessages(channel, channel === 'D0MAYA' ? 'maya' : 'sam'))
      .find(({ text }) => text.includes(`(#${number})`));
  }

  /** The lines in the thread of a deployment's message. */
  thread(number: number): string[] {
    const message = this.messageOf(number);
    if (message === undefined) return [];
    const who = message.channel === 'D0MAYA' ? 'maya' : 'sam';
    return this.sees(who, message.channel)
      .filter(({ threadTs }) => threadTs === message.ts)
      .map(({ words }) => words);
  }
}
