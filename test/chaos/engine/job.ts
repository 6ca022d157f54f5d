import { AbortRequested, type Engine, Fatal, type JobContext } from '../../../jobs/engine/engine.ts';
import type { Json } from '../../../src/domain/json.ts';
import { effectOperation, type World } from './effect-operation.ts';
import { type Played, play } from './play.ts';
import { jobName, Script } from './script.ts';

/** The job that does whatever its script says, and puts back when it is aborted. */
export function defineChaosJob(engine: Engine, world: World): void {
  engine.define(jobName, 1, async (context: JobContext) => {
    const script = Script.parse(context.input);
    const played: Played = { context, script, world, seen: [] };
    try {
      for (const [index, act] of script.acts.entries()) {
        if (act.kind === 'fail') throw new Fatal('The script says so');
        played.seen.push(...(await play(act, index, played)));
      }
      return { seen: played.seen satisfies Json[] };
    } catch (error) {
      if (error instanceof AbortRequested) {
        world.ledger.write({ kind: 'caught', run: context.runId });
        await context.shield(() => putBack(played));
      }
      throw error;
    } finally {
      world.ledger.write({ kind: 'finally', run: context.runId });
    }
  });
}

async function putBack(played: Played): Promise<void> {
  await effectOperation(played, { name: 'put-back-0', milliseconds: 10 });
  await played.context.sleep('put-back-pause', 5);
  await effectOperation(played, { name: 'put-back-1', milliseconds: 10 });
}
