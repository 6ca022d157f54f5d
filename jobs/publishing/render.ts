import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import { expectedSeconds } from '../../src/domain/estimate.ts';
import type { RecordedEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { serviceNamed } from '../../src/domain/policy.ts';
import type { Message } from '../../src/ports/chat.ts';
import type { Delay } from '../../views/delay.ts';
import { deploymentMessage } from '../../views/deployment-message.ts';
import { threadLine } from '../../views/thread-lines.ts';
import type { Publisher } from './publisher.ts';

/** The deployment's message as it should be now in `channel`, and when it wants to be rendered again. */
export async function renderMessage(
  { deployment, channel, delay }: { deployment: Deployment; channel: string; delay?: Delay | undefined },
  { store, policy, chat, clock }: Publisher,
): Promise<{ message: Message; refreshAt: number | undefined }> {
  const { service, environment, number } = deployment;
  const succeeded = await store.succeeded({ service, environment, limit: 3 });
  const previous = succeeded.find((other) => other.number !== number);
  const now = clock.now();
  const expected = expectedSeconds(deployment.plan, previous);
  const itself = expectedSeconds(deployment.plan, isFinished(deployment) ? deployment : previous);
  const message = deploymentMessage({
    deployment,
    title: titleOf(deployment, policy),
    expected,
    undoSeconds: Object.values(itself).reduce((sum, seconds) => sum + seconds, 0),
    now,
    unsupported: chat.unsupported,
    ...(delay === undefined ? {} : { delay }),
    ...(channel === deployment.channel ? {} : { insteadOf: deployment.channel }),
  });
  return { message, refreshAt: isFinished(deployment) ? undefined : now + policy.timing.messageRefresh };
}

/** A line of the thread, by version of the event it tells. */
export type ThreadLine = { event: number; at: number; message: Message };

/** The thread's lines so far. */
export function renderThread(
  events: readonly RecordedEvent[],
  { policy }: Pick<Publisher, 'policy'>,
): ThreadLine[] {
  const lines: ThreadLine[] = [];
  let deployment: Deployment | undefined;
  for (const recorded of events) {
    deployment = evolve(deployment, recorded);
    if (deployment === undefined) continue;
    const people = { title: titleOf(deployment, policy), admins: policy.admins };
    const message = threadLine(recorded, deployment, people);
    if (message !== undefined) lines.push({ event: recorded.version, at: recorded.at, message });
  }
  return lines;
}

function titleOf(deployment: Deployment, policy: Publisher['policy']): string {
  return serviceNamed(policy, deployment.service)?.title ?? deployment.service;
}
