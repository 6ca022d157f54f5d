import type { Chat, Replies } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Reception } from '../ports/incoming.ts';
import type { Log } from '../ports/log.ts';
import type { People } from '../ports/people.ts';
import { createChat } from './chat.ts';
import { createClients } from './clients.ts';
import { createIdentity } from './identity.ts';
import { createPeople } from './people.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { createReplies } from './replies.ts';
import { channelProblems, scopeProblem } from './setup-problems.ts';
import { createSocket, type Socket } from './socket.ts';

export type Slack = {
  chat: Chat;
  replies: Replies;
  people: People;
  /** Sentences about what somebody must set up in Slack before Forge can work in these channels. Throws UserError for a bad token. */
  setupProblems(channelIds: readonly string[]): Promise<string[]>;
  /** Begins to receive. Throws UserError, one sentence, when Slack refuses a token. */
  start(reception: Reception): Promise<void>;
  /** Refuses what arrives from now on with a sentence, waits for what was kept, disconnects. Idempotent. */
  stop(): Promise<void>;
};

export type SlackOptions = {
  botToken: string;
  appToken: string;
  /** Base of the Web API, such as `http://127.0.0.1:4000/api/`; undefined: Slack itself. */
  apiUrl?: string;
  clock: Clock;
  log: Log;
};

export function createSlack(options: SlackOptions): Slack {
  const { clock, log } = options;
  const clients = createClients(options);
  const unsupported = new Set<string>();
  const identity = createIdentity(clients.interaction);
  const replies = createReplies({ client: clients.interaction, unsupported, log });
  let running: { socket: Socket; receiver: Receiver } | undefined;

  return {
    chat: createChat({ client: clients.progress, unsupported, log }),
    replies,
    people: createPeople({
      client: clients.interaction,
      clock,
      ownTeam: async () => (await identity()).team,
    }),
    async setupProblems(channelIds) {
      const self = await identity();
      const scopes = scopeProblem(self);
      const channels = await channelProblems(clients.interaction, { channelIds, identity: self });
      return scopes === undefined ? channels : [scopes, ...channels];
    },
    async start(reception) {
      const receiver = createReceiver({ reception, replies, log });
      const socket = createSocket({ ...options, now: () => clock.now(), receiver });
      running = { socket, receiver };
      try {
        await socket.connect();
      } catch (error) {
        running = undefined;
        throw error;
      }
    },
    async stop() {
      const stopping = running;
      running = undefined;
      if (stopping === undefined) return;
      await stopping.receiver.close();
      await stopping.socket.disconnect();
    },
  };
}
