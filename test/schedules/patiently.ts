import { setTimeout } from 'node:timers/promises';

/** Of what waits for a time that was scheduled, and of a program that starts on a busy machine. Milliseconds. */
const PATIENCE = 60_000;

/** Time for a test that waits like this several times. Milliseconds. */
export const LONG = 4 * PATIENCE;

/** Waits until `read` gives something other than undefined or false, and gives that; fails after a minute. */
export async function patiently<Value>(read: () => Promise<Value> | Value): Promise<NonNullable<Value>> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await setTimeout(20)) {
    const value = await read();
    if (value !== undefined && value !== null && value !== false) return value;
  }
  throw new Error(`It did not come to pass within a minute: ${read.toString()}`);
}
