import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../src/ports/code-host.ts';
import type { JobChange, JobContext } from './engine/engine.ts';
import { hostOf } from './preparing/host-of.ts';
import { requireState } from './require-state.ts';
import type { World } from './world.ts';

export type CancelBuildInput = { deployment: number };

/** A run that was asked for a moment ago may show up so much later. Milliseconds. */
const SHOWS_WITHIN = 60_000;
/** The code host may be silent for so long: later than that what was begun has mostly ended. Milliseconds. */
const SILENT_FOR = 10 * 60_000;
const LOOK_EVERY = 2_000;
const CLOCKS_DIFFER = 5 * 60_000;

/** What is to be written in the commit that ends a deployment whose run is lost, so that what makes its image does not go on. */
export function endOfBuild({ number, build }: Deployment): Extract<JobChange, { kind: 'start-run' }>[] {
  if (build?.state !== 'running') return [];
  const input: CancelBuildInput = { deployment: number };
  return [{ kind: 'start-run', id: `cancel-build/${number}`, job: 'cancel-build', input }];
}

/**
 * Cancels the run that makes the image of a deployment which has ended, since nobody waits for it. What cannot be cancelled does no harm: it
 * makes an image that nobody deploys.
 */
export async function cancelBuild(context: JobContext<CancelBuildInput>, world: World): Promise<void> {
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
  const begun = clock.now();
  for (;;) {
    try {
      const of = { workflow, correlation, since: startedAt - CLOCKS_DIFFER };
      const run = build.run ?? (await codeHost.findRun(repository, of, { signal }))?.id;
      if (run !== undefined) {
        await codeHost.cancelRun(repository, run, { signal });
        return `cancelled ${run}`;
      }
      if (clock.now() - begun >= SHOWS_WITHIN) return 'not cancelled: no run has shown up';
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof CodeHostRefused) return `not cancelled: ${error.message}`;
      if (!(error instanceof CodeHostUnavailable)) throw error;
      if (clock.now() - begun >= SILENT_FOR) return `not cancelled: ${error.message}`;
    }
    await clock.sleep(LOOK_EVERY, signal);
  }
}
