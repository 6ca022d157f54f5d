import type { Deployment } from '../../src/domain/deployment.ts';
import type { Post } from '../../src/ports/store.ts';
import { markAnswered, publishApproverMessages } from './approver-messages.ts';
import { editMessage, markShown } from './edit-message.ts';
import { currentMessage, elsewhere, giveUp } from './messages.ts';
import type { Pace } from './pace.ts';
import { keepLines, publishThread } from './publish-thread.ts';
import type { DeploymentPublisher } from './publisher.ts';
import { renderMessage } from './render.ts';
import { sendPost } from './send-post.ts';

/**
 * Brings the deployment's message and thread up to its events. Safe to stop anywhere and to call again: what Slack
 * shows is a projection. Edits are idempotent; posts are made once.
 */
export async function publishDeployment(
  deployment: Deployment,
  publisher: DeploymentPublisher,
  pace: Pace,
): Promise<void> {
  const post = await currentMessage(deployment, publisher);
  if (post === undefined) {
    await markAnswered(deployment, publisher);
    await giveUp(deployment, publisher);
    await publishApproverMessages(deployment, publisher, pace);
    return;
  }
  // Slack asked for patience with this message, and its thread waits for it.
  if (post.notBefore > publisher.clock.now()) return;
  pace.unposted.add(deployment.number);
  const lines = await keepLines(deployment, post.channel, publisher);
  await markAnswered(deployment, publisher);
  pace.keptLines.set(deployment.number, deployment.version);
  const main = post.state === 'sent' ? post : await postMessage(deployment, post, publisher, pace);
  if (main === undefined) return;
  if (!(await editMessage(deployment, main, publisher, pace))) return;
  const isTold = await publishThread(lines, main, publisher, pace);
  const isAsked = await publishApproverMessages(deployment, publisher, pace);
  if (isTold && isAsked) pace.unposted.delete(deployment.number);
}

/** Undefined: it is not posted yet. */
async function postMessage(
  deployment: Deployment,
  post: Post,
  publisher: DeploymentPublisher,
  pace: Pace,
): Promise<Post | undefined> {
  const { message, refreshAt } = await renderMessage({ deployment, channel: post.channel }, publisher);
  const wasUnclear = post.state === 'sending';
  const sent = await sendPost({ post, message, since: deployment.requestedAt }, publisher, pace);
  if (sent.state === 'dropped') await elsewhere(deployment, sent, publisher);
  if (sent.state !== 'sent') return undefined;
  // One that was found may show an older state: it is edited next.
  if (!wasUnclear) await markShown(deployment, refreshAt, publisher, pace);
  return sent;
}
