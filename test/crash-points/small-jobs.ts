import { z } from 'zod';
import type { Engine } from '../../jobs/engine/engine.ts';
import { insist, type Workshop } from './workshop.ts';

const Other = z.object({ run: z.string() });

/** The jobs that others start: one with an effect, one that fails, and some that act on the run that started them. */
export function defineSmallJobs(engine: Engine, { effect, witnessed }: Workshop): void {
  engine.define('leaf', 1, (context) => context.operation('leaf', effect(context, 'leaf')));

  engine.define('failing leaf', 1, async (context) => {
    await context.operation('leaf', effect(context, 'leaf'));
    throw new Error('this leaf fails');
  });

  engine.define('ringer', 1, async (context) => {
    const { run } = Other.parse(context.input);
    return context.commit('ring', [
      { kind: 'signal-run', run, name: 'late', id: 'ring', by: context.runId, value: { rung: 1 } },
    ]);
  });

  engine.define('resumer', 1, async (context) => {
    const { run } = Other.parse(context.input);
    const resume = () => insist(() => engine.pause(run, { paused: false, by: context.runId }));
    return context.operation('resume', effect(context, 'resume', resume));
  });

  engine.define('aborter', 1, async (context) => {
    const { run } = Other.parse(context.input);
    return context.commit('abort', [{ kind: 'abort-run', run, by: context.runId, reason: 'a test' }]);
  });

  /** A child that puts back what it did when it is aborted; it tells the troublemaker beside it when it may be. */
  engine.define('patient leaf', 1, async (context) => {
    try {
      await context.operation('leaf', effect(context, 'leaf'));
      const run = context.runId.replace('/patient', '/troublemaker');
      await context.commit('ready', [{ kind: 'signal-run', run, name: 'go', id: 'go', by: context.runId }]);
      await context.waitFor('never');
    } finally {
      await context.shield(() => context.operation('put back', effect(context, 'put back')));
    }
    return null;
  });

  /** A child that has its parent aborted. */
  engine.define('troublemaker', 1, async (context) => {
    const { run } = Other.parse(context.input);
    await context.waitFor('go');
    const ask = witnessed(context, 'ask', async () => {
      await insist(() => engine.abort(run, context.runId, 'a test'));
      return undefined;
    });
    // Shielded: after a crash the abort may have come back to this run before the asking is recorded.
    await context.shield(() => context.operation('ask', ask));
    await context.waitFor('never');
    return null;
  });
}
