import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Store } from '../../src/ports/store.ts';
import { writeReview } from '../../src/use-cases/review.ts';
import { aPerson, aRequestedEvent } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { person } from '../jobs/forge-world.ts';

const emergency: DeploymentEvent[] = [
  { type: 'emergency-declared', digest: 'd1' },
  { type: 'review-due', at: 1_000 },
];

describe('the review of an emergency', () => {
  let database: Database;
  let store: Store;
  beforeEach(() => {
    database = openDatabase(':memory:');
    store = createStore(database, { clock: createFakeClock() });
  });
  afterEach(() => database.close());

  async function happened(...events: DeploymentEvent[]): Promise<void> {
    await store.commit([
      {
        ...{ kind: 'append', deployment: 1, expect: 0, by: aPerson, cause: 'the story' },
        events: [aRequestedEvent(), ...events],
      },
    ]);
  }

  const write = (text: string, by = 'U0DANA') => writeReview({ deployment: 1, text }, person(by), { store });
  const written = async () => (await store.deployment(1))?.review?.written;

  it('is kept with who wrote it', async () => {
    await happened(...emergency);

    await write('The migration was missing.');

    expect(await written()).toMatchObject({ by: { userId: 'U0DANA' }, text: 'The migration was missing.' });
  });

  it('is written once: who comes second is told who was first', async () => {
    await happened(...emergency);
    await write('The migration was missing.');

    await expect(write('Something else.', 'U0LENA')).rejects.toThrow(/<@U0DANA> has written the review/u);
    expect(await written()).toMatchObject({ text: 'The migration was missing.' });
  });

  it('by two people at the same moment is that of one', async () => {
    await happened(...emergency);

    const results = await Promise.allSettled([write('One.'), write('Another.', 'U0LENA')]);

    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each(['', '  \n '])('is not empty: %j', async (text) => {
    await happened(...emergency);

    await expect(write(text)).rejects.toThrow(/the review is empty/u);
    expect(await written()).toBeUndefined();
  });

  it('is due of emergencies alone', async () => {
    await happened();

    await expect(write('Nothing went wrong.')).rejects.toThrow(/#1 was no emergency/u);
  });
});
