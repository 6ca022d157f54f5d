import { type Client, type Message, Refused } from '../../../sandbox/client.ts';
import { plainText } from '../../../sandbox/plain-text.ts';
import { idOf, type Person } from '../reading.ts';

/** Where production is told of. */
export const CHANNEL = 'production';

/** What people see at this moment, over the sandbox's control API. */
export class Screens {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** What was said to that person alone, in a channel or as a direct message. */
  async privateAnswers(who: Person): Promise<Message[]> {
    const channels = await Promise.all([CHANNEL, 'deploys'].map((channel) => this.#read(channel, who)));
    const alone = channels.flat().filter(({ ephemeral }) => ephemeral);
    return [...alone, ...(await this.#read(`D${idOf(who).slice(1)}`, who))];
  }

  /** The message of a deployment to production. */
  async messageOf(number: number): Promise<Message | undefined> {
    const messages = await this.#read(CHANNEL, 'sam');
    return messages.find(({ text, threadTs }) => threadTs === undefined && text.endsWith(`(#${number})`));
  }

  async thread(number: number): Promise<Message[]> {
    const message = await this.messageOf(number);
    if (message === undefined) return [];
    return (await this.#read(CHANNEL, 'sam')).filter(({ threadTs }) => threadTs === message.ts);
  }

  async home(who: Person): Promise<string> {
    const home = await this.#client.home(idOf(who));
    return plainText([home?.view.blocks].flat()).join('\n');
  }

  /** Nothing, where the person is not, or where nobody has written yet. */
  async #read(channel: string, who: Person): Promise<Message[]> {
    try {
      return await this.#client.messages(channel, idOf(who));
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  }
}

export function wordsOf({ text, blocks }: Message): string {
  return [text, ...plainText(blocks)].join('\n');
}
