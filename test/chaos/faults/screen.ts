import type { SlackMessage } from '../../../sandbox/parts.ts';
import { plainText } from '../../../sandbox/plain-text.ts';
import type { SlackServer } from '../../../sandbox/slack/slack.ts';

export const MAYA = 'U0MAYA';
/** Forge's direct message with her. */
const DIRECT = 'D0MAYA';

/** What Maya sees, of the channels the one she deploys in. */
export function createScreen(slack: SlackServer, channel: string) {
  const inChannel = () => slack.messages(channel, MAYA);
  const alone = () => slack.messages(DIRECT, MAYA);
  return {
    /** Everything said to her alone, oldest first. */
    privately: (): SlackMessage[] => [...inChannel().filter(({ ephemeral }) => ephemeral), ...alone()],
    deploymentMessages: (): { number: number; message: SlackMessage }[] =>
      inChannel().flatMap((message) => {
        const number = /\(#(\d+)\)$/u.exec(message.text)?.[1];
        const isPublic = !message.ephemeral && message.threadTs === undefined;
        return isPublic && number !== undefined ? [{ number: Number(number), message }] : [];
      }),
    thread: (message: SlackMessage): string[] =>
      inChannel()
        .filter(({ threadTs }) => threadTs === message.ts)
        .map(({ text }) => text),
    form: () => slack.views(MAYA).at(-1),
    home: () => plainText([slack.home(MAYA)?.view.blocks].flat()).join('\n'),
    /** Every word on her screen, a text for each message, form and Home. */
    everything(): string[] {
      const messages = [...inChannel(), ...alone()].map(({ text, blocks, warning }) =>
        [text, ...plainText(blocks), warning ?? ''].join('\n'),
      );
      const forms = slack
        .views(MAYA)
        .map(({ view, errors }) =>
          [...plainText([view.blocks].flat()), ...Object.values(errors ?? {})].join('\n'),
        );
      return [...messages, ...forms, this.home()];
    },
  };
}
export type Screen = ReturnType<typeof createScreen>;
