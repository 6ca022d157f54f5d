import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Store } from '../../src/ports/store.ts';
import { acknowledge } from '../../src/use-cases/acknowledge.ts';
import { resumeDeployment } from '../../src/use-cases/steer-deployment.ts';
import { aPerson } from '../builders.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { aQuestion, storyTo } from '../in-phase.ts';
import { person } from '../jobs/forge-world.ts';
import { aCanary, goingBack } from '../views/canary.ts';

const blocked: DeploymentEvent[] = [
  ...goingBack(aCanary(), 25),
  { type: 'restore-blocked', region: 'us-east-1', reason: 'AWS does not answer' },
];

describe('what people say of a deployment', () => {
  let clock: FakeClock;
  let database: Database;
  let store: Store;
  beforeEach(() => {
    clock = createFakeClock();
    database = openDatabase(':memory:');
    store = createStore(database, { clock });
  });
  afterEach(() => database.close());

  async function happened(events: readonly DeploymentEvent[]): Promise<void> {
    await store.commit([
      { kind: 'append', deployment: 1, expect: 0, events: [...events], by: aPerson, cause: 'the story' },
    ]);
  }

  it('when they look after what does not get on is kept with the reason', async () => {
    await happened(blocked);

    await acknowledge({ deployment: 1, why: 'I call AWS' }, person('U0SAM'), { store });

    expect((await store.events(1)).at(-1)).toMatchObject({
      event: { type: 'acknowledged' },
      by: { userId: 'U0SAM' },
      why: 'I call AWS',
    });
  });

  it('when two look after it at the same moment is what the first of them said', async () => {
    await happened(blocked);

    const [first, second] = await Promise.allSettled([
      acknowledge({ deployment: 1 }, person('U0SAM'), { store }),
      acknowledge({ deployment: 1 }, person('U0LEO'), { store }),
    ]);

    const words = expect.stringContaining('<@U0SAM> looks after #1 already');
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { message: words } });
    expect((await store.deployment(1))?.acknowledgedBy).toMatchObject({ userId: 'U0SAM' });
  });

  it('after the time to answer is refused, and nothing is written', async () => {
    const via = { kind: 'signal', run: 'deploy/1', name: 'answer' } as const;
    const deadline = clock.now() + 60_000;
    const question = { ...aQuestion(), via, deadline, doneMeans: 'It goes on.' };
    await happened([...storyTo('running'), question]);
    await clock.advance(60_000);

    const late = resumeDeployment({ deployment: 1, happened: true }, person(), { store, clock });

    await expect(late).rejects.toThrow('Nothing was done: the time to answer #1 is over');
    expect((await store.events(1)).at(-1)?.event.type).toBe('held');
  });
});
