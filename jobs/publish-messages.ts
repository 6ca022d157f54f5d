import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { messageOf } from '../src/domain/errors.ts';
import { createPace, NEWS, type Pace } from './publishing/pace.ts';
import { publishDeployment } from './publishing/publish-deployment.ts';
import type { DeploymentPublisher, Publisher } from './publishing/publisher.ts';

/** Between two looks for deployments whose message lags behind. Milliseconds. */
const LOOK = 200;
/** A deployment whose publishing failed for an unforeseen reason is left alone this long. Milliseconds. */
const AFTER_FAULT = 5_000;

/** So many deployments are published at the same time: one call that Slack does not answer holds up no others. */
const AT_ONCE = 4;
/** After so many the most urgent are looked for afresh. */
const MOST_A_LOOK = 12;

/**
 * Keeps every deployment's message and thread in step with its events, while this process leads. Edits of one message are
 * coalesced, all edits share Slack's limit, and what people wait for goes first.
 */
export async function publishMessages(publisher: DeploymentPublisher, signal: AbortSignal): Promise<void> {
  const pace = createPace();
  const underWay = new Map<number, Promise<void>>();
  try {
    while (!signal.aborted) {
      for (const deployment of await mostUrgent(publisher, pace, underWay)) {
        const { number } = deployment;
        if (underWay.size >= AT_ONCE) await Promise.race(underWay.values());
        const work = () => publishInTurn(deployment, publisher, pace);
        const published = guarded(number, publisher, pace, work).finally(() => underWay.delete(number));
        underWay.set(number, published);
      }
      await publisher.clock.sleep(LOOK, signal);
    }
  } finally {
    await Promise.all(underWay.values());
  }
}

/** The most urgent news first, of ends the oldest, of anything else what was shown longest ago. */
async function mostUrgent(
  publisher: Publisher,
  pace: Pace,
  underWay: ReadonlyMap<number, unknown>,
): Promise<Deployment[]> {
  const now = publisher.clock.now();
  const behind = await deploymentsBehind(publisher, pace);
  pace.isEndWaiting = false;
  pace.forgetFinished(new Set(behind.map(({ number }) => number)));
  const mayEnd = pace.countRunning();
  return behind
    .filter((deployment) => !underWay.has(deployment.number) && isDue(deployment, pace, { now, mayEnd }))
    .sort(
      (left, right) =>
        urgency(left, pace, now) - urgency(right, pace, now) || age(left, pace) - age(right, pace),
    )
    .slice(0, MOST_A_LOOK);
}

async function deploymentsBehind(publisher: Publisher, pace: Pace): Promise<Deployment[]> {
  const { store, clock } = publisher;
  const now = clock.now();
  const deployments: Deployment[] = [];
  for (const { number, version } of await store.deploymentsToPublish(now)) {
    if ((pace.afterFault.get(number) ?? 0) > now) continue;
    const known = pace.lastRead.get(number);
    if (known?.version === version) {
      deployments.push(known);
      continue;
    }
    await guarded(number, publisher, pace, async () => {
      const deployment = await store.deployment(number);
      if (deployment === undefined) return;
      pace.lastRead.set(number, deployment);
      deployments.push(deployment);
    });
  }
  return deployments;
}

/** Whether anything can be done for it now: what must wait for Slack's limits costs nothing meanwhile. */
function isDue(
  deployment: Deployment,
  pace: Pace,
  { now, mayEnd }: { now: number; mayEnd: number },
): boolean {
  const { number, version, channel } = deployment;
  if (!isFinished(deployment) && (pace.nextEdit.get(number) ?? 0) > now) return false;
  if (pace.keptLines.get(number) !== version) return true;
  if (pace.unposted.has(number) && pace.posts.hasRoom(now, channel, { isLine: true })) return true;
  return !pace.isShown(deployment, now) && pace.edits.hasRoom(now, { news: pace.newsOf(deployment), mayEnd });
}

/** Where only lines are left to post, the message can wait. */
function urgency(deployment: Deployment, pace: Pace, now: number): number {
  return NEWS.indexOf(pace.isShown(deployment, now) ? 'progress' : pace.newsOf(deployment));
}

function age(deployment: Deployment, pace: Pace): number {
  return deployment.endedAt ?? pace.lastShown(deployment)?.at ?? 0;
}

async function publishInTurn(
  deployment: Deployment,
  publisher: DeploymentPublisher,
  pace: Pace,
): Promise<void> {
  const { clock, policy } = publisher;
  const { number } = deployment;
  if (isFinished(deployment)) pace.nextEdit.delete(number);
  else pace.nextEdit.set(number, clock.now() + policy.timing.messageEvery);
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
