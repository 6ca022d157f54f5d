import { isFinished } from '../src/domain/deployment.ts';
import type { JobContext, RetryPolicy } from './engine/engine.ts';
import type { World } from './world.ts';

/** What does not get on is tried again for ever, at most this long after the last try. Milliseconds. */
const LONGEST_PAUSE = 30_000;
/** People are told of trouble again this often while it lasts, however its words change. Milliseconds. */
export const TELL_AGAIN = 5 * 60_000;
/** Between two looks whether somebody has taken over. Milliseconds. */
const LOOK = 1000;

/** A run that does not get on for so long begins again with an empty journal, far from the most a run may do. */
export const OPERATIONS_UNTIL_ANEW = 1000;

/** For operations that only read the database: one that fails says nothing about a release. */
export const readAgain: RetryPolicy = { attempts: 30, backoff: 500, maxBackoff: 10_000 };

export type Tell = (name: string, reason: string) => Promise<void>;

/** Tells people of trouble in one place, through `record`, and not too often. */
export function createTeller(context: JobContext, record: Tell): Tell {
  let toldAt = Number.NEGATIVE_INFINITY;
  return async (name, reason) => {
    const at = await context.now();
    if (at - toldAt < TELL_AGAIN) return;
    toldAt = at;
    await record(name, reason);
  };
}

/**
 * Waits before the next try, longer from round to round; ends at once when the deployment ends. After a great many tries the
 * run starts over: what it did shows in the events, and its journal must not grow for as long as AWS is in trouble.
 */
export async function pause(
  context: JobContext,
  { name, round, deployment }: { name: string; round: number; deployment: number },
  { clock, store }: World,
): Promise<void> {
  await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
  const within = Math.min(LONGEST_PAUSE, 1000 * 2 ** round);
  await context.operation(
    name,
    async ({ signal }) => {
      for (const until = clock.now() + within; clock.now() < until; ) {
        const state = await store.deployment(deployment);
        if (state !== undefined && isFinished(state)) return null;
        await clock.sleep(Math.min(LOOK, until - clock.now()), signal);
      }
      return null;
    },
    { retry: readAgain },
  );
}
