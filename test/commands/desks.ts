import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aPerson } from '../builders.ts';
import { TestDesk } from './front-desk.ts';

/** v1.1.0 of the api is on its way to staging as #1. */
export async function deskUnderWay(): Promise<TestDesk> {
  const desk = new TestDesk();
  await desk.types('deploy staging');
  await desk.happens(1, { type: 'checking' }, { type: 'started' });
  return desk;
}

/** Deployment #1 has this story, though nobody typed anything at the desk. */
export async function deskAfter(
  events: readonly DeploymentEvent[],
  desk: TestDesk = new TestDesk(),
): Promise<TestDesk> {
  await desk.store.commit([
    { kind: 'append', deployment: 1, expect: 0, events: [...events], by: aPerson, cause: 'the story' },
  ]);
  return desk;
}

/** What a button carries that is drawn for the deployment as it is now. */
export async function seenNow(desk: TestDesk, number = 1) {
  const deployment = await desk.store.deployment(number);
  return { deployment: number, generation: deployment?.generation, digest: deployment?.plan.digest };
}
