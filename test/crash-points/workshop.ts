import { StorageUnavailable } from '../../jobs/engine/driver.ts';
import type { Attempt, Engine, JobContext } from '../../jobs/engine/engine.ts';
import { clock } from '../../src/clock.ts';
import type { Cloud } from './cloud.ts';
import type { CrashPoints } from './crash-points.ts';

type Body<Value> = (attempt: Attempt) => Promise<Value>;

/** What the swept jobs work with. */
export type Workshop = ReturnType<typeof createWorkshop>;

export function createWorkshop(parts: { engine: Engine; cloud: Cloud; points: CrashPoints }) {
  const { engine, cloud, points } = parts;

  /** A body that every attempt of is witnessed. */
  function witnessed<Value>(context: JobContext, name: string, body: Body<Value>): Body<Value> {
    return async (attempt) => {
      const failed = cloud.witness({ run: context.runId, name }, attempt);
      try {
        return await body(attempt);
      } catch (error) {
        failed();
        throw error;
      }
    };
  }

  /** Has its effect, with a crash point before and one after it. */
  function create(context: JobContext, name: string, key: string): void {
    points.reach();
    cloud.create(key, { run: context.runId, name });
    points.reach();
  }

  return {
    engine,
    cloud,
    witnessed,
    /** A body with one effect, after which it does `then`. */
    effect: (context: JobContext, name: string, then: Body<void> = async () => undefined): Body<string> =>
      witnessed(context, name, async (attempt) => {
        create(context, name, attempt.idempotencyKey);
        await then(attempt);
        return `${name} is there`;
      }),
  };
}

/** Asks something of the engine from outside of a run, as people do, until it can be kept. */
export async function insist(ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
    }
    await clock.sleep(5);
  }
}

/** The reason with which the signal aborts. */
export async function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  return promise;
}
