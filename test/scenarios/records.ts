import { createStore } from '../../db/store.ts';
import type { Arrival, Store } from '../../src/ports/store.ts';
import { aRequestedEvent } from '../builders.ts';
import { eventually } from '../eventually.ts';
import type { ForgeInSlack } from './forge-in-slack.ts';

/** What was kept and is not done yet. */
export function openArrivals(world: ForgeInSlack): Promise<Arrival[]> {
  return storeOf(world).openArrivals();
}

/** Waits until everything about the deployment was published. */
export async function published(number: number, world: ForgeInSlack): Promise<void> {
  const store = storeOf(world);
  await eventually(async () => {
    const posts = await store.posts(number);
    const isBehind = (await store.deploymentsToPublish(world.clock.now())).some(
      (each) => each.number === number,
    );
    return !isBehind && posts.length > 0 && posts.every(({ state }) => state === 'sent');
  });
}

/** So many deployments that were asked for and not started, as after a bad day. */
export async function refuseDeployments(count: number, world: ForgeInSlack): Promise<void> {
  const by = { kind: 'person', userId: 'U0JONAS', via: 'command' } as const;
  const events = [
    aRequestedEvent({ service: 'api', environment: 'staging' }),
    { type: 'refused', reason: 'the registry does not answer' } as const,
  ];
  for (let deployment = 1; deployment <= count; deployment += 1) {
    const cause = `test/${deployment}`;
    await storeOf(world).commit([{ kind: 'append', deployment, expect: 0, events, by, cause }]);
  }
}

function storeOf({ process, clock }: ForgeInSlack): Store {
  return createStore(process.database, { clock });
}
