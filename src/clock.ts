import { setTimeout } from 'node:timers/promises';
import type { Clock } from './ports/clock.ts';

/** The longest timer Node can set; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export const clock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    try {
      for (let left = Math.max(0, milliseconds); ; left -= longestTimerMs) {
        await setTimeout(Math.min(left, longestTimerMs), undefined, signal === undefined ? {} : { signal });
        if (left <= longestTimerMs) return;
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
