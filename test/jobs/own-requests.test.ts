import { afterEach, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, quickly } from './coloured-shop.ts';

let world: ColouredWorld;
afterEach(() => world.close());

it('a release that nobody but Forge asks for anything has shown nothing, however long that was', async () => {
  world = createColouredWorld({
    steps: [
      { weight: 25, bake: 600_000 },
      { weight: 100, bake: 20_000 },
    ],
    timing: { ...quickly, evidenceWithin: 5_000 },
  });
  // Forge tries it out once a second, which may be three times in a bucket of two.
  world.metrics.conduct('green', { requests: 3 });
  await world.start();
  await world.begin();

  const { phase } = await world.untilPhase(1, 'held');

  expect(phase).toMatchObject({ question: expect.stringContaining('requests') });
}, 60_000);
