import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import { expectedSeconds, secondsToUndo } from '../../src/domain/estimate.ts';
import type { RecordedEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { holdersOf } from '../../src/domain/people-policy.ts';
import { serviceNamed } from '../../src/domain/policy.ts';
import type { Message } from '../../src/ports/chat.ts';
import type { Delay } from '../../views/delay.ts';
import { deploymentMessage } from '../../views/deployment-message.ts';
import { createGateNews } from '../../views/gate-news.ts';
import { threadLine } from '../../views/thread-lines.ts';
import { standbyUntil } from '../../views/undoing.ts';
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
    undoSeconds: secondsToUndo(deployment.plan, itself),
    now,
    people: policy.people,
    canRevert: policy.github !== undefined,
    unsupported: chat.unsupported,
    ...(delay === undefined ? {} : { delay }),
    ...(channel === deployment.channel ? {} : { insteadOf: deployment.channel }),
  });
  return { message, refreshAt: refreshAt(deployment, now, policy.timing.messageRefresh) };
}

/** Clocks of what is under way go on; a finished deployment changes its words once more when its rollback stops being instant. */
function refreshAt(deployment: Deployment, now: number, every: number): number | undefined {
  if (!isFinished(deployment)) return now + every;
  const until = standbyUntil(deployment);
  return until === undefined || until <= now ? undefined : until;
}

/** A line of the thread, by version of the event it tells. */
export type ThreadLine = { event: number; at: number; message: Message };

/** The thread's lines so far. */
export function renderThread(
  events: readonly RecordedEvent[],
  { policy }: Pick<Publisher, 'policy'>,
): ThreadLine[] {
  const lines: ThreadLine[] = [];
  const gateNews = createGateNews();
  let deployment: Deployment | undefined;
  for (const recorded of events) {
    deployment = evolve(deployment, recorded);
    if (deployment === undefined) continue;
    const people = {
      title: titleOf(deployment, policy),
      admins: [...holdersOf('admin', deployment, policy.people)],
      policy: policy.people,
      commanders: [...holdersOf('incident-commander', deployment, policy.people)],
    };
    const message = threadLine(recorded, deployment, people, gateNews(recorded.event));
    if (message !== undefined) lines.push({ event: recorded.version, at: recorded.at, message });
  }
  return lines;
}

/** What people call its service. */
export function titleOf(deployment: Deployment, policy: Publisher['policy']): string {
  return serviceNamed(policy, deployment.service)?.title ?? deployment.service;
}
