import { setTimeout } from 'node:timers/promises';
import type { Engine } from '../../../jobs/engine/engine.ts';
import { aRequestedEvent } from '../../builders.ts';

type World = {
  /** Happens outside the journal, and stays when the process dies. */
  effect(line: string): void;
};

/** The jobs that the processes of a test carry out. */
export function defineJobs(engine: Engine, { effect }: World): void {
  engine.define('small', 1, async (context) => {
    const requested = await context.commit('request', [
      { kind: 'append', deployment: 1, expect: 0, events: [aRequestedEvent(), { type: 'checking' }] },
    ]);
    const value = await context.operation('effect', async ({ attempt, unknown }) => {
      effect(`${attempt} ${unknown ? 'unknown' : 'known'}`);
      return 7;
    });
    await context.sleep('a moment', 5);
    const waited = await context.waitFor('go');
    const finished = await context.commit('finish', [
      { kind: 'append', deployment: 1, expect: 2, events: [{ type: 'refused', reason: 'a test' }] },
      { kind: 'start-run', id: 'next', job: 'nothing', input: null },
    ]);
    return { requested, value, waited: waited.kind, finished };
  });

  engine.define('nothing', 1, async () => null);

  engine.define('guarded', 1, async (context) => {
    try {
      await context.operation('first', async () => void effect('first'));
      await context.spawn('nothing', null, { id: 'first-is-recorded', delay: '1d' });
      await context.waitFor('go');
      await context.operation('second', async () => void effect(`second of ${process.pid}`));
    } catch (error) {
      effect(`caught by ${process.pid}`);
      throw error;
    } finally {
      effect(`finally of ${process.pid}`);
    }
    return null;
  });

  engine.define('slow', 1, async (context) => {
    try {
      await context.operation('slow', async () => {
        effect(`begun by ${process.pid}`);
        await setTimeout(300);
        effect(`completed by ${process.pid}`);
        return undefined;
      });
      await context.operation('after', async () => void effect(`after of ${process.pid}`));
    } catch (error) {
      effect(`caught by ${process.pid}`);
      throw error;
    } finally {
      effect(`finally of ${process.pid}`);
    }
    return null;
  });
}
