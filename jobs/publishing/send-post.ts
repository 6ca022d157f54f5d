import type { ChatResult, Message } from '../../src/ports/chat.ts';
import type { Post } from '../../src/ports/store.ts';
import type { Pace } from './pace.ts';
import type { Publisher } from './publisher.ts';
import { refusedPart } from './refusal.ts';

/** Pause after the first try that did not work out, in milliseconds; it doubles up to the longest. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/** What posting needs; it writes down how far each post is. */
type Posting = Pick<Publisher, 'clock' | 'chat' | 'log'> & {
  store: { updatePost(id: string, change: Progress): Promise<void> };
};

/** What posting writes down of a post. */
type Progress = Partial<Pick<Post, 'channel' | 'ts' | 'attempts' | 'notBefore' | 'problem'>> & {
  state?: Exclude<Post['state'], 'closed'>;
};

export type PostRequest = {
  post: Post;
  message: Message;
  threadTs?: string;
  /** Nobody posted it before this time; milliseconds since the epoch. */
  since: number;
};

/**
 * Posts a message once. A post whose earlier try ended unclear is looked for in the channel first; only when it is
 * certainly not there it is sent again. Returns the post as it is now; not `sent` means: later, or not at all, as where
 * Slack's limit leaves no room for it now.
 */
export async function sendPost(
  request: PostRequest,
  publisher: Posting,
  pace: Pick<Pace, 'posts'>,
): Promise<Post> {
  const { store, clock } = publisher;
  const { post } = request;
  if (post.state === 'sent' || post.state === 'dropped' || post.notBefore > clock.now()) return post;
  if (!pace.posts.take(clock.now(), post.channel, { isLine: post.event !== 0 })) return post;
  if (post.state === 'sending') {
    const found = await lookFor(request, publisher);
    if (found !== 'absent') return found;
  }
  const attempts = post.attempts + 1;
  await store.updatePost(post.id, { state: 'sending', attempts });
  const { channel, id } = post;
  const { threadTs, message } = request;
  const knownUnsupported = new Set(publisher.chat.unsupported);
  const sentAt = clock.now();
  const result = await publisher.chat.post({
    id,
    channel,
    ...(threadTs === undefined ? {} : { threadTs }),
    message,
  });
  const sending: Post = { ...post, state: 'sending', attempts };
  // A rendering that cannot do without the block would be refused for ever.
  if (result.kind === 'unsupported-block' && knownUnsupported.has(result.type)) {
    return changed(sending, { state: 'dropped', problem: `unsupported block ${result.type}` }, publisher);
  }
  if (result.kind === 'limited') pace.posts.closeUntil(clock.now() + result.retryAfterMs, channel);
  return settle(sending, result, { publisher, silentFor: clock.now() - sentAt });
}

/** Looks for a post whose try ended unclear; the post as it is known then. */
export async function lookFor(
  request: Omit<PostRequest, 'message'>,
  publisher: Posting,
): Promise<Post | 'absent'> {
  const { post, threadTs, since } = request;
  const { id, channel } = post;
  const found = await publisher.chat.findPosted({
    id,
    channel,
    since,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  switch (found.kind) {
    case 'found':
      return changed(post, { state: 'sent', channel: found.channel, ts: found.ts }, publisher);
    case 'absent':
      return 'absent';
    case 'unclear':
      return changed(post, later(post, found.detail, publisher), publisher);
  }
}

/** `silentFor`: how long the workspace took for its answer, or for none. Milliseconds. */
async function settle(
  post: Post,
  result: ChatResult,
  { publisher, silentFor }: { publisher: Posting; silentFor: number },
): Promise<Post> {
  switch (result.kind) {
    case 'done':
      return changed(post, { state: 'sent', channel: result.channel, ts: result.ts }, publisher);
    case 'limited':
      return changed(
        post,
        { state: 'pending', notBefore: publisher.clock.now() + result.retryAfterMs },
        publisher,
      );
    case 'unsupported-block':
      return changed(post, { state: 'pending', problem: `unsupported block ${result.type}` }, publisher);
    case 'unclear':
      return changed(post, later(post, result.detail, publisher, silentFor), publisher);
    case 'refused':
      return changed(post, refused(result, publisher), publisher);
  }
}

function refused({ code, detail }: { code: string; detail: string }, { clock, log }: Posting): Progress {
  const problem = `${code}: ${detail}`;
  if (refusedPart(code) !== 'forge') return { state: 'dropped', problem };
  log.error('Slack refuses whatever Forge posts', { code, detail });
  return { state: 'pending', notBefore: clock.now() + LONGEST_PAUSE, problem };
}

/** A workspace that was slow may act as late again: whoever looks before that sees nothing, and posts it twice. */
function later(post: Post, problem: string, { clock }: Posting, silentFor = 0): Progress {
  const usual = FIRST_PAUSE * 2 ** Math.min(10, Math.max(0, post.attempts - 1));
  const pause = Math.min(LONGEST_PAUSE, Math.max(usual, silentFor));
  return { notBefore: clock.now() + pause, problem };
}

async function changed(post: Post, change: Progress, { store }: Posting): Promise<Post> {
  await store.updatePost(post.id, change);
  return { ...post, ...change };
}
