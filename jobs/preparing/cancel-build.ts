import { isFinished } from '../../src/domain/deployment.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { requireState } from '../require-state.ts';
import type { World } from '../world.ts';
import { hostOf } from './host-of.ts';
import type { Context } from './round.ts';

/** A run that was asked for a moment ago may show up so much later, and the code host may be silent for so long. Milliseconds. */
const WITHIN = 60_000;
const LOOK_EVERY = 2_000;
const CLOCKS_DIFFER = 5 * 60_000;

/**
 * Cancels the run that makes the image of a deployment which has ended, since nobody waits for it. What cannot be cancelled does no harm: it
 * makes an image that nobody deploys.
 */
export async function cancelBuild(context: Context, world: World): Promise<void> {
  const { deployment: number } = context.input;
  await context.operation('cancel the build', async ({ signal }) => cancel(number, world, signal));
}

async function cancel(number: number, world: World, signal: AbortSignal): Promise<string> {
  const { clock, store } = world;
  const state = await requireState(number, store);
  const { build, service } = state;
  const host = hostOf(service, world);
  if (!isFinished(state) || build?.state !== 'running' || host.kind === 'none') return 'nothing to cancel';
  const { codeHost, repository } = host;
  const { workflow, correlation, startedAt } = build;
  for (const until = clock.now() + WITHIN; ; ) {
    try {
      const of = { workflow, correlation, since: startedAt - CLOCKS_DIFFER };
      const run = build.run ?? (await codeHost.findRun(repository, of, { signal }))?.id;
      if (run !== undefined) {
        await codeHost.cancelRun(repository, run, { signal });
        return `cancelled ${run}`;
      }
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof CodeHostRefused) return `not cancelled: ${error.message}`;
      if (!(error instanceof CodeHostUnavailable)) throw error;
    }
    if (clock.now() >= until) return 'not cancelled: no run has shown up';
    await clock.sleep(LOOK_EVERY, signal);
  }
}
