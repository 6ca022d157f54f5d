import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { messageOf } from '../src/domain/errors.ts';
import { createPace, NEWS, type Pace } from './publishing/pace.ts';
import { publishDeployment } from './publishing/publish-deployment.ts';
import type { Publisher } from './publishing/publisher.ts';

/** Between two looks for deployments whose message lags behind. Milliseconds. */
const LOOK = 200;
/** A deployment whose publishing failed for an unforeseen reason is left alone this long. Milliseconds. */
const AFTER_FAULT = 5_000;

/**
 * Keeps every deployment's message and thread in step with its events, while this process leads. Edits of one message are
 * coalesced, all edits share Slack's limit, and what people wait for goes first.
 */
export async function publishMessages(publisher: Publisher, signal: AbortSignal): Promise<void> {
  const pace = createPace();
  while (!signal.aborted) {
    for (const deployment of await behind(publisher, pace)) {
      await guarded(deployment.number, publisher, pace, () => publishInTurn(deployment, publisher, pace));
    }
    await publisher.clock.sleep(LOOK, signal);
  }
}

/** The most urgent news first. */
async function behind(publisher: Publisher, pace: Pace): Promise<Deployment[]> {
  const { store, clock } = publisher;
  const now = clock.now();
  const deployments: Deployment[] = [];
  for (const number of await store.deploymentsToPublish(now)) {
    if ((pace.afterFault.get(number) ?? 0) > now) continue;
    await guarded(number, publisher, pace, async () => {
      const deployment = await store.deployment(number);
      if (deployment !== undefined) deployments.push(deployment);
    });
  }
  pace.forgetFinished(new Set(deployments.map(({ number }) => number)));
  const urgency = (deployment: Deployment) => NEWS.indexOf(pace.newsOf(deployment));
  return deployments.sort((left, right) => urgency(left) - urgency(right));
}

async function publishInTurn(deployment: Deployment, publisher: Publisher, pace: Pace): Promise<void> {
  const { clock, policy } = publisher;
  const { number } = deployment;
  const now = clock.now();
  if (isFinished(deployment)) pace.nextEdit.delete(number);
  else if ((pace.nextEdit.get(number) ?? 0) > now) return;
  else pace.nextEdit.set(number, now + policy.timing.messageEvery);
  await publishDeployment(deployment, publisher, pace);
}

/** One deployment that cannot be published stops no other. */
async function guarded(
  number: number,
  { clock, log }: Publisher,
  pace: Pace,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    pace.afterFault.delete(number);
  } catch (error) {
    log.error('A deployment could not be published', { deployment: number, error: messageOf(error) });
    pace.afterFault.set(number, clock.now() + AFTER_FAULT);
  }
}
