import type { BuildStanding } from '../../src/domain/build-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { minutesTold } from '../minutes-told.ts';
import { requireState } from '../require-state.ts';
import type { World } from '../world.ts';
import { failedBuild } from './follow-build.ts';
import { hostOf } from './host-of.ts';

type Build = Extract<BuildStanding, { kind: 'running' }>;
export type RunStarted = { event: DeploymentEvent };

/** A run that was asked for may show up so much later; before that nobody asks for another. Milliseconds. */
const SHOWS_WITHIN = 60_000;
/** Between two looks whether it shows. Milliseconds. */
const LOOK_EVERY = 2_000;
/** Clocks of two machines differ. Milliseconds. */
const CLOCKS_DIFFER = 5 * 60_000;
/** An attempt that begins so long after it was announced is not the first. Milliseconds. */
const FIRST_WITHIN = 5_000;

/**
 * Has the workflow run once that makes the image: looks for the run first, and asks for it where there is none. After an ask whose
 * outcome nobody knows it waits for the run to show before it asks again. Ends with what is to be told: the run, or why there is none.
 */
export async function startRun(
  number: number,
  { build, mayHaveBegun }: { build: Build; mayHaveBegun: boolean },
  world: World,
  signal: AbortSignal,
): Promise<RunStarted> {
  const { clock } = world;
  const { plan, service } = await requireState(number, world.store);
  const failed = async (says: string) => ({ event: await failedBuild(number, { says }, world) });
  const host = hostOf(service, world);
  if (host.kind === 'none') return failed(host.says);
  const { codeHost, repository } = host;
  const { correlation, workflow, ref, startedAt, within } = build;
  const isLate = mayHaveBegun || clock.now() - startedAt > FIRST_WITHIN;
  let askAfter = isLate ? clock.now() + SHOWS_WITHIN : 0;
  let says = 'GitHub accepted it, and no run of it has shown up.';
  for (;;) {
    try {
      const since = startedAt - CLOCKS_DIFFER;
      const found = await codeHost.findRun(repository, { workflow, correlation, since }, { signal });
      if (found !== undefined)
        return { event: { type: 'build-progressed', run: found.id, url: found.url, jobs: [] } };
      if (clock.now() >= askAfter) {
        // Set before the call: one that gets no answer may have been heard.
        askAfter = clock.now() + SHOWS_WITHIN;
        const asked = { workflow, ref, commit: plan.to.commit ?? '', correlation };
        const { run } = await codeHost.dispatch(repository, asked, { signal });
        if (run !== undefined) return { event: { type: 'build-progressed', run, jobs: [] } };
        askAfter = Number.POSITIVE_INFINITY;
      }
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof CodeHostRefused) return failed(error.message);
      if (!(error instanceof CodeHostUnavailable)) throw error;
      says = error.message;
    }
    if (clock.now() - startedAt >= within) {
      return failed(`${workflow} did not begin within ${minutesTold(within)}: ${says}`);
    }
    await clock.sleep(LOOK_EVERY, signal);
  }
}
