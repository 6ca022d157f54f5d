import { afterEach, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { europe } from './shop.ts';
import { stick } from './stick.ts';

const step = `${europe}/approve-25`;
let world: ColouredWorld;
afterEach(() => world.close());

it('a person who let a release go on is not asked for it again when the run was lost right after', async () => {
  world = createColouredWorld({
    steps: [
      { weight: 25, bake: 10_000, approve: true },
      { weight: 100, bake: 10_000 },
    ],
  });
  await world.start();
  await world.begin();
  await world.untilStep(step);
  await world.untilPhase(1, 'held');
  await stick(world, 'deploy/1');
  await world.store.commit([
    {
      ...({ kind: 'append', deployment: 1, expect: 'any' } as const),
      events: [{ type: 'approved', step }],
      ...{ by: { kind: 'job', run: 'deploy/1' }, cause: 'the last that the lost run wrote' },
    },
  ]);
  await world.start();
  await world.until(async () => (await heldTimes()) === 2);
  await world.resume(1);

  expect((await world.ended(1)).phase.kind).toBe('succeeded');
  expect(await heldTimes()).toBe(2);
  expect(world.platform.splits(target)).toEqual([{ blue: 0, green: 100 }]);
});

async function heldTimes(): Promise<number> {
  return (await world.eventTypes(1)).filter((type) => type === 'held').length;
}
