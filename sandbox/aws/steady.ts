import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.ts';

/** How long the tasks of the seed may take until they serve, milliseconds. */
const seedDeadlineMs = 20_000;

/** Resolves when every service of the seed is steady; throws when one is not within 20 s. */
export async function steady(world: World): Promise<void> {
  const deadline = Date.now() + seedDeadlineMs;
  while (world.services.some((service) => !service.isSteady)) {
    if (Date.now() > deadline) {
      const waiting = world.services.filter((service) => !service.isSteady).map(({ name }) => name);
      throw new Error(`The sandbox's services did not start in time: ${waiting.join(', ')}`);
    }
    await sleep(20);
  }
}
