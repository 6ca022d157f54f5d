import type { Deployment } from '../../src/domain/deployment.ts';
import type { Post } from '../../src/ports/store.ts';
import type { EditBudget } from './edit-budget.ts';
import type { Publisher } from './publisher.ts';
import { renderMessage, renderThread } from './render.ts';
import { sendPost } from './send-post.ts';

/** What Slack says of a message that can't be edited any more, whatever its content. */
const GONE: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'channel_not_found',
  'is_inactive',
  'is_archived',
]);
/** A message that was deleted is posted afresh, but not for ever. */
const MOST_MESSAGES = 3;
/** Pause after an edit that did not work out. Milliseconds. */
const EDIT_PAUSE = 2_000;

/**
 * Brings the deployment's message and thread up to its events. Safe to stop anywhere and to call again: what Slack
 * shows is a projection. Edits are idempotent; posts are made once.
 */
export async function publishDeployment(
  deployment: Deployment,
  publisher: Publisher,
  budget: EditBudget,
): Promise<void> {
  const main = await sentMessage(deployment, publisher);
  if (main === undefined) return;
  const isUpToDate = main.wasSentNow || (await editMessage(deployment, main.post, publisher, budget));
  if (!isUpToDate) return;
  await publishThread(deployment, main.post, publisher);
}

async function sentMessage(
  deployment: Deployment,
  publisher: Publisher,
): Promise<{ post: Post; wasSentNow: boolean } | undefined> {
  const post = await currentMessage(deployment, publisher);
  if (post === undefined) {
    await giveUp(deployment, publisher);
    return undefined;
  }
  if (post.state === 'sent') return { post, wasSentNow: false };
  const { message, refreshAt } = await renderMessage(deployment, publisher);
  const since = deployment.requestedAt;
  const wasUnclear = post.state === 'sending';
  const sent = await sendPost({ post, message, since }, publisher);
  if (sent.state === 'dropped') await elsewhere(deployment, sent, publisher);
  if (sent.state !== 'sent') return undefined;
  // One that was found may show an older state: it is edited next.
  if (wasUnclear) return { post: sent, wasSentNow: false };
  await markShown(deployment, refreshAt, publisher);
  return { post: sent, wasSentNow: true };
}

/** The message in use: the newest that was not dropped; made when there is none yet. */
async function currentMessage(deployment: Deployment, { store }: Publisher): Promise<Post | undefined> {
  const { number, channel } = deployment;
  const messages = await messagesOf(number, store);
  if (messages.length === 0) {
    await store.addPosts([{ id: String(number), deployment: number, event: 0, channel }]);
    return (await messagesOf(number, store)).at(-1);
  }
  return messages.findLast(({ state }) => state !== 'dropped');
}

async function messagesOf(number: number, store: Publisher['store']): Promise<Post[]> {
  const posts = await store.posts(number);
  return posts.filter(({ event }) => event === 0);
}

/** The channel does not take it: the person who asked gets it as a direct message. Undeliverable there too: it is logged and left. */
async function elsewhere(deployment: Deployment, dropped: Post, publisher: Publisher): Promise<void> {
  const { requestedBy } = deployment;
  publisher.log.warn('A deployment message was refused', {
    deployment: deployment.number,
    channel: dropped.channel,
    problem: dropped.problem,
  });
  const person = requestedBy.kind === 'person' ? requestedBy.userId : publisher.policy.admins[0];
  if (person === undefined || dropped.channel === person) return;
  await anotherMessage(deployment, person, publisher);
}

async function anotherMessage(deployment: Deployment, channel: string, { store }: Publisher): Promise<void> {
  const { number } = deployment;
  const messages = await messagesOf(number, store);
  if (messages.length >= MOST_MESSAGES) return;
  const id = `${number}~${messages.length + 1}`;
  await store.addPosts([{ id, deployment: number, event: 0, channel }]);
}

/** Nobody can be shown this deployment's message: it goes on without one, and the log has it. */
async function giveUp(deployment: Deployment, publisher: Publisher): Promise<void> {
  publisher.log.error('No channel takes the message of a deployment', { deployment: deployment.number });
  await publisher.store.markPublished(deployment.number, { version: deployment.version });
}

/** True when the message shows the deployment as it is. */
async function editMessage(
  deployment: Deployment,
  post: Post,
  publisher: Publisher,
  budget: EditBudget,
): Promise<boolean> {
  const { chat, clock, store } = publisher;
  const { message, refreshAt } = await renderMessage(deployment, publisher);
  if (post.ts === undefined)
    throw new Error(`The message of #${deployment.number} was sent without a timestamp`);
  budget.spend(clock.now());
  const result = await chat.update({ channel: post.channel, ts: post.ts, message });
  switch (result.kind) {
    case 'done':
      await markShown(deployment, refreshAt, publisher);
      return true;
    case 'limited':
      await store.updatePost(post.id, { notBefore: clock.now() + result.retryAfterMs });
      return false;
    case 'unsupported-block':
      return false;
    case 'unclear':
      await store.updatePost(post.id, { notBefore: clock.now() + EDIT_PAUSE, problem: result.detail });
      return false;
    case 'refused':
      await replaceMessage(deployment, post, result, publisher);
      return false;
  }
}

async function replaceMessage(
  deployment: Deployment,
  post: Post,
  { code, detail }: { code: string; detail: string },
  publisher: Publisher,
): Promise<void> {
  const { store, log } = publisher;
  log.error('An edit of a deployment message was refused', { deployment: deployment.number, code, detail });
  if (!GONE.has(code)) {
    // The same content would be refused again: the next event brings another.
    await markShown(deployment, undefined, publisher);
    return;
  }
  await store.updatePost(post.id, { state: 'dropped', problem: `${code}: ${detail}` });
  await anotherMessage(deployment, deployment.channel, publisher);
}

async function markShown(
  deployment: Deployment,
  refreshAt: number | undefined,
  { store }: Publisher,
): Promise<void> {
  await store.markPublished(deployment.number, {
    version: deployment.version,
    ...(refreshAt === undefined ? {} : { refreshAt }),
  });
}

/** One line after the other: what Slack does not take now is tried again before the next. */
async function publishThread(deployment: Deployment, main: Post, publisher: Publisher): Promise<void> {
  const { store } = publisher;
  const { number } = deployment;
  const lines = renderThread(await store.events(number), publisher);
  await store.addPosts(
    lines.map(({ event }) => ({
      id: `${number}/${event}`,
      deployment: number,
      event,
      channel: main.channel,
    })),
  );
  const posts = new Map((await store.posts(number)).map((post) => [post.event, post]));
  for (const { event, at, message } of lines) {
    const post = posts.get(event);
    if (post === undefined || main.ts === undefined) continue;
    const sent = await sendPost({ post, message, threadTs: main.ts, since: at }, publisher);
    if (sent.state !== 'sent' && sent.state !== 'dropped') return;
  }
}
