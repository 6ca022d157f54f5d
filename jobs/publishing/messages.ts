import type { Deployment } from '../../src/domain/deployment.ts';
import { holdersOf } from '../../src/domain/people-policy.ts';
import type { Post } from '../../src/ports/store.ts';
import { isDirect } from './direct-posts.ts';
import type { Publisher } from './publisher.ts';

/** A message that is gone is posted afresh, but not for ever. */
const MOST_MESSAGES = 3;

/** The deployment's message in use: the newest that was not dropped; made when there is none yet. */
export async function currentMessage(
  deployment: Deployment,
  { store }: Publisher,
): Promise<Post | undefined> {
  const { number, channel } = deployment;
  const messages = await messagesOf(number, store);
  if (messages.length === 0) {
    await store.addPosts([{ id: String(number), deployment: number, event: 0, channel }]);
    return (await messagesOf(number, store)).at(-1);
  }
  return messages.findLast(({ state }) => state !== 'dropped');
}

/** A fresh message of the deployment, unless it has had too many; the next look posts it. */
export async function anotherMessage(
  deployment: Deployment,
  channel: string,
  { store }: Publisher,
): Promise<void> {
  const { number } = deployment;
  const messages = await messagesOf(number, store);
  if (messages.length >= MOST_MESSAGES) return;
  const id = `${number}~${messages.length + 1}`;
  await store.addPosts([{ id, deployment: number, event: 0, channel }]);
}

/** The channel does not take it: the person who asked gets it as a direct message. */
export async function elsewhere(deployment: Deployment, dropped: Post, publisher: Publisher): Promise<void> {
  const { requestedBy } = deployment;
  publisher.log.warn('A deployment message was refused', {
    deployment: deployment.number,
    channel: dropped.channel,
    problem: dropped.problem,
  });
  const [admin] = holdersOf('admin', deployment, publisher.policy.people).filter((one) =>
    one.startsWith('U'),
  );
  const person = requestedBy.kind === 'person' ? requestedBy.userId : admin;
  if (person === undefined || dropped.channel === person) return;
  await anotherMessage(deployment, person, publisher);
}

/** Nobody can be shown this deployment's message: it goes on without one, and the log has it. */
export async function giveUp(deployment: Deployment, { store, log }: Publisher): Promise<void> {
  const { number, version } = deployment;
  log.error('No channel takes the message of a deployment', { deployment: number });
  for (const { id, state } of await store.posts(number)) {
    // What people are told in direct messages needs no channel.
    if (state === 'sent' || state === 'dropped' || isDirect(id)) continue;
    await store.updatePost(id, { state: 'dropped', problem: 'there is no message to reply to' });
  }
  await store.markPublished(number, { version });
}

async function messagesOf(number: number, store: Publisher['store']): Promise<Post[]> {
  const posts = await store.posts(number);
  return posts.filter(({ event }) => event === 0);
}
