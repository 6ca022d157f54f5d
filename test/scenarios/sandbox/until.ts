import { setTimeout as sleep } from 'node:timers/promises';

/** So long something may take on a machine that is busy. Milliseconds. */
const PATIENCE = 150_000;
const LOOK_EVERY = 150;

/** Waits until `read` gives something other than undefined, and gives that. `seen`: what a failure tells besides. */
export type Until = <Value>(
  what: string,
  read: () => Promise<Value | undefined>,
  seen?: () => string,
) => Promise<Value>;

/** `log`: what the sandbox and Forge said last, for whoever looks into a failure. */
export function createUntil(log: () => Promise<string>): Until {
  return async (what, read, seen = () => '') => {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(LOOK_EVERY)) {
      const value = await read();
      if (value !== undefined) return value;
    }
    throw new Error(`It did not come true that ${what}.\n${seen()}\n${await log()}`);
  };
}
