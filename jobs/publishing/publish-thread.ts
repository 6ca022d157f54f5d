import type { Deployment } from '../../src/domain/deployment.ts';
import type { Post } from '../../src/ports/store.ts';
import type { Pace } from './pace.ts';
import type { Publisher } from './publisher.ts';
import { renderThread, type ThreadLine } from './render.ts';
import { sendPost } from './send-post.ts';

/**
 * Keeps a post for each line the thread should have so far. Before the message counts as published: from then on
 * nothing but these posts tells that the thread lacks a line.
 */
export async function keepLines(
  { number }: Deployment,
  channel: string,
  publisher: Publisher,
): Promise<ThreadLine[]> {
  const { store } = publisher;
  const lines = renderThread(await store.events(number), publisher);
  await store.addPosts(
    lines.map(({ event }) => ({ id: lineId(number, event), deployment: number, event, channel })),
  );
  return lines;
}

/**
 * Posts the thread's lines that are missing, one after the other: what Slack does not take now is tried again before
 * the next. `main` is the message they answer. Tells whether nothing is left to post.
 */
export async function publishThread(
  lines: readonly ThreadLine[],
  main: Post,
  publisher: Publisher,
  pace: Pace,
): Promise<boolean> {
  const { store, log } = publisher;
  const { deployment: number, channel, ts } = main;
  if (ts === undefined) return false;
  const posts = new Map((await store.posts(number)).map((post) => [post.id, post]));
  for (const { event, at, message } of lines) {
    const post = posts.get(lineId(number, event));
    if (post === undefined || post.state === 'sent' || post.state === 'dropped') continue;
    // The message may have moved to another channel since the line was added.
    const sent = await sendPost(
      { post: { ...post, channel }, message, threadTs: ts, since: at },
      publisher,
      pace,
    );
    if (sent.state === 'dropped') {
      log.error('A line of a deployment’s thread was refused', { post: sent.id, problem: sent.problem });
      continue;
    }
    if (sent.state !== 'sent') return false;
  }
  return true;
}

/** Others may be told the same event in messages of their own. */
function lineId(number: number, event: number): string {
  return `${number}/${event}`;
}
