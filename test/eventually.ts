import { setTimeout } from 'node:timers/promises';

/** Waits until `read` gives something other than undefined or false, and gives that; fails after ten seconds. */
export async function eventually<Value>(read: () => Promise<Value> | Value): Promise<NonNullable<Value>> {
  for (const end = Date.now() + 10_000; Date.now() < end; await setTimeout(5)) {
    const value = await read();
    if (value !== undefined && value !== null && value !== false) return value;
  }
  throw new Error(`It did not come to pass within ten seconds: ${read.toString()}`);
}
