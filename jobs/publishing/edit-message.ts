import type { Deployment } from '../../src/domain/deployment.ts';
import type { Post } from '../../src/ports/store.ts';
import { delayOf } from './delay.ts';
import { anotherMessage, elsewhere } from './messages.ts';
import type { Pace } from './pace.ts';
import type { Publisher } from './publisher.ts';
import { refusedPart } from './refusal.ts';
import { renderMessage } from './render.ts';

/** Pause after an edit that may not have worked out. Milliseconds. */
const EDIT_PAUSE = 2_000;
/** Pause while Slack refuses whatever Forge sends. Milliseconds. */
const SHUT_OUT_PAUSE = 60_000;

/** Brings a posted message up to the deployment as it is. False: the thread must wait for it. */
export async function editMessage(
  deployment: Deployment,
  post: Post,
  publisher: Publisher,
  pace: Pace,
): Promise<boolean> {
  const { chat, clock, store } = publisher;
  const now = clock.now();
  if (pace.isShown(deployment, now)) return true;
  // The edit can wait for Slack's limit, what the thread tells people cannot.
  const news = pace.newsOf(deployment);
  if (news === 'final' && pace.isEndWaiting) return true;
  if (!pace.edits.take(now, { news, mayEnd: pace.countRunning() })) {
    if (news === 'final') pace.isEndWaiting = true;
    return true;
  }
  if (post.ts === undefined) {
    throw new Error(`The message of #${deployment.number} was sent without a timestamp`);
  }
  const { message, refreshAt } = await renderMessage(
    { deployment, channel: post.channel, delay: delayOf(deployment, pace, now) },
    publisher,
  );
  const knownUnsupported = new Set(chat.unsupported);
  const result = await chat.update({ channel: post.channel, ts: post.ts, message });
  switch (result.kind) {
    case 'done':
      await markShown(deployment, refreshAt, publisher, pace);
      return true;
    case 'limited':
      pace.edits.closeUntil(clock.now() + result.retryAfterMs);
      await store.updatePost(post.id, { notBefore: clock.now() + result.retryAfterMs });
      return false;
    case 'unsupported-block': {
      if (!knownUnsupported.has(result.type)) return false;
      const detail = `Slack does not know the block ${result.type}`;
      return refused(deployment, post, { code: 'unsupported_block', detail }, publisher, pace);
    }
    case 'unclear':
      await store.updatePost(post.id, { notBefore: clock.now() + EDIT_PAUSE, problem: result.detail });
      return false;
    case 'refused':
      return refused(deployment, post, result, publisher, pace);
  }
}

async function refused(
  deployment: Deployment,
  post: Post,
  { code, detail }: { code: string; detail: string },
  publisher: Publisher,
  pace: Pace,
): Promise<boolean> {
  const { store, log, clock } = publisher;
  const problem = `${code}: ${detail}`;
  log.error('An edit of a deployment message was refused', { deployment: deployment.number, code, detail });
  const part = refusedPart(code);
  switch (part) {
    case 'content':
      // The same content would be refused again: the next event brings another. The thread still tells people.
      await markShown(deployment, undefined, publisher, pace);
      return true;
    case 'forge':
      await store.updatePost(post.id, { notBefore: clock.now() + SHUT_OUT_PAUSE, problem });
      return false;
    case 'message':
    case 'channel':
      pace.forget(deployment);
      await store.updatePost(post.id, { state: 'dropped', problem });
      if (part === 'message') await anotherMessage(deployment, post.channel, publisher);
      else await elsewhere(deployment, { ...post, problem }, publisher);
      return false;
  }
}

/** Records that the message shows the deployment as it is now. */
export async function markShown(
  deployment: Deployment,
  refreshAt: number | undefined,
  { store, clock }: Publisher,
  pace: Pace,
): Promise<void> {
  const { number, version } = deployment;
  await store.markPublished(number, { version, ...(refreshAt === undefined ? {} : { refreshAt }) });
  pace.show(deployment, { at: clock.now(), refreshAt });
}
