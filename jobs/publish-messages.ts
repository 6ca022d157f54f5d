import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { messageOf } from '../src/domain/errors.ts';
import { createEditBudget, type EditBudget } from './publishing/edit-budget.ts';
import { publishDeployment } from './publishing/publish-deployment.ts';
import type { Publisher } from './publishing/publisher.ts';

/** Between two looks for deployments whose message lags behind. Milliseconds. */
const LOOK = 200;
/** A deployment whose publishing failed for an unforeseen reason is left alone this long. Milliseconds. */
const AFTER_FAULT = 5_000;

/** When each message may be touched again, in milliseconds since the epoch; forgotten with the process, which harms nothing. */
type Pace = { nextEdit: Map<number, number>; afterFault: Map<number, number>; budget: EditBudget };

/**
 * Keeps every deployment's message and thread in step with its events, while this process leads. Edits of one message are
 * coalesced, all edits share Slack's limit, and messages that will not change any more go first.
 */
export async function publishMessages(publisher: Publisher, signal: AbortSignal): Promise<void> {
  const pace: Pace = { nextEdit: new Map(), afterFault: new Map(), budget: createEditBudget() };
  while (!signal.aborted) {
    for (const deployment of await behind(publisher)) await publishInTurn(deployment, publisher, pace);
    await publisher.clock.sleep(LOOK, signal);
  }
}

/** Finished ones first: what they say is final. */
async function behind({ store, clock }: Publisher): Promise<Deployment[]> {
  const numbers = await store.deploymentsToPublish(clock.now());
  const deployments = await Promise.all(numbers.map((number) => store.deployment(number)));
  return deployments
    .filter((deployment) => deployment !== undefined)
    .sort((left, right) => Number(isFinished(right)) - Number(isFinished(left)));
}

async function publishInTurn(deployment: Deployment, publisher: Publisher, pace: Pace): Promise<void> {
  const { clock, log, policy } = publisher;
  const { number } = deployment;
  const now = clock.now();
  if ((pace.afterFault.get(number) ?? 0) > now) return;
  const canWait = !isFinished(deployment);
  if (canWait && ((pace.nextEdit.get(number) ?? 0) > now || !pace.budget.hasRoom(now))) return;
  pace.nextEdit.set(number, now + policy.timing.messageEvery);
  try {
    await publishDeployment(deployment, publisher, pace.budget);
    pace.afterFault.delete(number);
  } catch (error) {
    log.error('A deployment could not be published', { deployment: number, error: messageOf(error) });
    pace.afterFault.set(number, clock.now() + AFTER_FAULT);
  }
}
