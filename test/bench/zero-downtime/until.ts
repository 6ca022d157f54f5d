import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 200;

/** Throws with `what`, and what `explain` knows, when it is not so within the time. Milliseconds. */
export async function until(
  what: string,
  within: number,
  isSo: () => Promise<boolean>,
  explain: () => string = () => '',
): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not within ${within / 1_000} s: ${what}. ${explain()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
