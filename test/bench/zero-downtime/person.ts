import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Message } from '../../../sandbox/client.ts';
import { plainText } from '../../../sandbox/plain-text.ts';
import { pressButton } from '../../../sandbox/press-button.ts';
import { until } from './until.ts';

const MAYA = 'U0MAYA';
const MESSAGE_WITHIN_MS = 30_000;
const MODAL_WITHIN_MS = 10_000;

/** A deployment as people follow it: its message. */
export type Followed = { channel: string; ts: string };

/** Somebody in Slack who types, presses buttons, and reads the message of a deployment. */
export function createPerson(client: Client) {
  const read = async ({ channel, ts }: Followed): Promise<Message> => {
    const message = (await client.messages(channel, MAYA)).find((one) => one.ts === ts);
    if (message === undefined) throw new Error(`The message ${ts} is gone.`);
    return message;
  };

  async function type(channel: string, text: string): Promise<void> {
    const delivery = await client.command({ as: MAYA, channel, text });
    if (!delivery.acked) throw new Error(`Forge did not take ${text}: ${delivery.error}`);
  }

  async function newest(channel: string, before: ReadonlySet<string>): Promise<Followed> {
    let found: Message | undefined;
    let answers = '';
    await until(
      'the message of a new deployment',
      MESSAGE_WITHIN_MS,
      async () => {
        const fresh = (await client.messages(channel, MAYA)).filter(({ ts }) => !before.has(ts));
        answers = fresh.map(({ text }) => text).join(' / ');
        found = fresh.find(
          (one) => !one.ephemeral && one.threadTs === undefined && /\(#\d+\)/.test(one.text),
        );
        return found !== undefined;
      },
      () => `Forge answered: ${answers}`,
    );
    return { channel, ts: found?.ts ?? '' };
  }

  const known = async (channel: string) =>
    new Set((await client.messages(channel, MAYA)).map((message) => message.ts));

  return {
    /** Types a command that begins a deployment, and finds its message. */
    async begins(channel: string, text: string): Promise<Followed> {
      const before = await known(channel);
      await type(channel, text);
      return newest(channel, before);
    },
    press: (followed: Followed, words: string) => pressButton(client, { as: MAYA, ...followed, words }),
    /** Presses a button that begins another deployment, and finds that one's message. */
    async beginsByPressing(followed: Followed, words: string): Promise<Followed> {
      const before = await known(followed.channel);
      await pressButton(client, { as: MAYA, ...followed, words });
      return newest(followed.channel, before);
    },
    /** Types a command and agrees to what it asks in its form. */
    async typesAndAgrees(channel: string, text: string): Promise<void> {
      const before = new Set((await client.views(MAYA)).map(({ id }) => id));
      await type(channel, text);
      let form: string | undefined;
      await until(`a form after ${text}`, MODAL_WITHIN_MS, async () => {
        form = (await client.views(MAYA)).find(({ id, view }) => !before.has(id) && view.submit)?.id;
        return form !== undefined;
      });
      await client.submit({ as: MAYA, view_id: form ?? '', values: {} });
    },
    /** Waits until the message says something; throws with what it says when that takes too long. */
    async reads(followed: Followed, words: RegExp, within = 300_000): Promise<string> {
      let text = '';
      await until(
        `the message says ${words}`,
        within,
        async () => {
          const message = await read(followed);
          text = [message.text, ...plainText(message.blocks)].join('\n');
          return words.test(text);
        },
        () => `It says:\n${text}`,
      );
      return text;
    },
    waits: (ms: number) => sleep(ms),
  };
}
export type Person = ReturnType<typeof createPerson>;
