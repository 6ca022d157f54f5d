import { type Client, type Message, Refused } from '../../../sandbox/client.ts';
import { plainText } from '../../../sandbox/plain-text.ts';
import { idOf, type Person } from '../reading.ts';

/** Where production is told of. */
export const CHANNEL = 'production';
const CHANNELS = [CHANNEL, 'deploys'];

/** What a message is about: a deployment by its number, or the branch on its way by the id of its shipment, `S1`. */
export type Subject = number | string;
type Posted = Message & { channel: string };

/** What people see at this moment, over the sandbox's control API. */
export class Screens {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** What was said to that person alone, in a channel or as a direct message. */
  async privateAnswers(who: Person): Promise<Message[]> {
    const channels = await Promise.all(CHANNELS.map((channel) => this.#read(channel, who)));
    const alone = channels.flat().filter(({ ephemeral }) => ephemeral);
    return [...alone, ...(await this.#read(`D${idOf(who).slice(1)}`, who))];
  }

  async messageOf(about: Subject): Promise<Posted | undefined> {
    const all = await Promise.all(CHANNELS.map((channel) => this.#posted(channel)));
    return all.flat().find(({ text, threadTs }) => threadTs === undefined && isAbout(text, about));
  }

  async thread(about: Subject): Promise<Message[]> {
    const message = await this.messageOf(about);
    if (message === undefined) return [];
    return (await this.#posted(message.channel)).filter(({ threadTs }) => threadTs === message.ts);
  }

  async home(who: Person): Promise<string> {
    const home = await this.#client.home(idOf(who));
    return plainText([home?.view.blocks].flat()).join('\n');
  }

  async #posted(channel: string): Promise<Posted[]> {
    return (await this.#read(channel, 'sam')).map((message) => ({ ...message, channel }));
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

function isAbout(text: string, about: Subject): boolean {
  return typeof about === 'number' ? text.endsWith(`(#${about})`) : text.startsWith(`${about}: `);
}

export function wordsOf({ text, blocks }: Message): string {
  return [text, ...plainText(blocks)].join('\n');
}
