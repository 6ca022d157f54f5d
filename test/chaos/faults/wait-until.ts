import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Looks until something is there; undefined when it is not in time. */
export async function waitUntil<Found>(
  look: () => Promise<Found | undefined> | Found | undefined,
  withinMs: number,
): Promise<Found | undefined> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined || Date.now() > deadline) return found;
    await sleep(LOOK_EVERY_MS);
  }
}
