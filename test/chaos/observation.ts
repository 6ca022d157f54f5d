import type { Client, Message } from '../../sandbox/client.ts';
import type { EcsHistory } from './ecs-history.ts';

export const AS = 'U0MAYA';
export const CHANNEL = 'deploys';
const SERVICE = 'api';

/** What the world looks like from outside at one moment. */
export type Observation = {
  messages: Message[];
  liveVersion: string | undefined;
  /** Highest revision of the service's task definition. */
  revision: number;
  /** Every rollout ECS was ever seen to have for the service. */
  rollouts: ReadonlySet<string>;
};

export async function observe(client: Client, history: EcsHistory): Promise<Observation> {
  const [messages, state] = await Promise.all([client.messages(CHANNEL, AS), client.state()]);
  await history.look();
  return {
    messages,
    liveVersion: state.services.find(({ name }) => name === SERVICE)?.live?.version,
    revision: history.revision(),
    rollouts: history.rollouts(),
  };
}

/** Top-level messages everybody sees that are about a deployment, with its number. */
export function deploymentMessages(messages: readonly Message[]): { number: number; message: Message }[] {
  return messages.flatMap((message) => {
    const number = /\(#(\d+)\)/.exec(message.text)?.[1];
    const isPublic = !message.ephemeral && message.threadTs === undefined;
    return isPublic && number !== undefined ? [{ number: Number(number), message }] : [];
  });
}
