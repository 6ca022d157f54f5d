import { AbortRequested, type Engine, type JobContext } from '../../jobs/engine/engine.ts';
import { aborted, insist, type Workshop } from './workshop.ts';

/** Jobs that are aborted, each somewhere else, and put back what they did. None may come past that. */
export function defineAbortedJobs(engine: Engine, workshop: Workshop): void {
  const { effect } = workshop;

  define('aborted in an operation', async (context) => {
    const { runId } = context;
    await context.operation(
      'asks',
      effect(context, 'asks', async ({ signal }) => {
        await insist(() => engine.abort(runId, 'test', 'a test'));
        await aborted(signal);
      }),
    );
  });

  define('aborted in a shield', async (context) => {
    const ask = () => insist(() => engine.abort(context.runId, 'test', 'a test'));
    await context.shield(async () => {
      await context.operation('asks', effect(context, 'asks', ask));
      await context.sleep('inside', 2);
      await context.operation('still inside', effect(context, 'still inside'));
    });
    await context.operation('outside', effect(context, 'outside'));
  });

  define('aborted in a sleep', async (context) => {
    await aborter(context);
    await context.sleep('long', '1h');
  });

  define('aborted in a wait', async (context) => {
    await aborter(context);
    await context.waitFor('never');
  });

  define('aborted in a back-off', async (context) => {
    const fail = effect(context, 'fails', async () => {
      await insist(() => engine.run('aborter', { run: context.runId }, { id: 'aborter' }));
      throw new Error('not yet');
    });
    await context.operation('fails', fail, { retry: { attempts: 1_000, backoff: '1h', maxBackoff: '1h' } });
  });

  define('aborted while paused', async (context) => {
    const pause = () => insist(() => engine.pause(context.runId, { paused: true, by: 'test' }));
    await context.shield(async () => {
      await context.operation('pause', effect(context, 'pause', pause));
      await aborter(context);
    });
    await context.operation('after the pause', effect(context, 'after the pause'));
  });

  define('aborted with its children', async (context) => {
    await context.runAll({
      patient: { job: 'patient leaf', input: null },
      troublemaker: { job: 'troublemaker', input: { run: context.runId } },
    });
  });

  function define(name: string, section: (context: JobContext) => Promise<void>): void {
    engine.define(name, 1, async (context) => {
      try {
        await context.operation('forward', effect(context, 'forward'));
        await section(context);
        await context.operation('too far', effect(context, 'too far'));
      } catch (error) {
        if (!(error instanceof AbortRequested)) throw error;
        await context.shield(() => putBack(context, workshop));
        throw error;
      }
      return null;
    });
  }
}

export const abortedJobs = [
  'aborted in an operation',
  'aborted in a shield',
  'aborted in a sleep',
  'aborted in a wait',
  'aborted in a back-off',
  'aborted while paused',
  'aborted with its children',
] as const;

async function aborter(context: JobContext): Promise<void> {
  await context.spawn('aborter', { run: context.runId }, { delay: 5 });
}

async function putBack(context: JobContext, { effect }: Workshop): Promise<void> {
  await context.operation('put back', effect(context, 'put back'));
  await context.sleep('a moment to settle', 2);
}
