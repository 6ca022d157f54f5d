import type { Deployment } from '../src/domain/deployment.ts';
import type { Change } from '../src/ports/store.ts';
import { adoptShipments } from './adopt-shipments.ts';
import { askAboutEffects } from './ask-about-effects.ts';
import { byReconcile } from './by-reconcile.ts';
import { endOfBuild } from './cancel-build.ts';
import { endings } from './endings.ts';
import type { Engine, RunView } from './engine/engine.ts';
import { failedStep, goOn, putBackAnew } from './go-on.ts';
import { holdStuck } from './hold-stuck.ts';
import { keepAsking } from './keep-asking.ts';
import { needsNewer } from './needs-newer.ts';
import { restoreAnew } from './restore-anew.ts';
import { runsOf, worksOn } from './runs-of.ts';
import type { World } from './world.ts';

/** Between two looks for deployments that nobody works on. Milliseconds. */
const EVERY = 5_000;

/**
 * Finds deployments that are not finished although no run works on them, and sees to it that somebody does: what never
 * began is refused; one whose run is stuck is held and people are asked; a rollback goes on; anything else is put back.
 * Shipments whose run was lost go on. Also asks people what a run waits to hear from them. Runs while this process leads.
 */
export async function reconcile(engine: Engine, world: World, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const failures: unknown[] = [];
    const fail = (error: unknown) => {
      failures.push(error);
    };
    await askAboutEffects(engine, world).catch(fail);
    await adoptShipments(engine, world).catch(fail);
    // Deployments first, runs after: whatever happens between the two or later raises the version, and then nothing is
    // written about what was seen.
    const unfinished = await world.store.unfinished();
    const runs = await engine.list({ statuses: ['queued', 'active'] });
    // One that cannot be looked after must not keep Forge from looking after the others.
    for (const deployment of unfinished) {
      await lookAfter({ deployment, runs }, engine, world).catch(fail);
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be looked after');
    await world.clock.sleep(EVERY, signal);
  }
}

async function lookAfter(
  { deployment, runs }: { deployment: Deployment; runs: readonly RunView[] },
  engine: Engine,
  world: World,
): Promise<void> {
  const alive = runs.filter((run) => worksOn(deployment.number, run));
  const changes =
    alive.length > 0
      ? await whileWorkedOn(deployment, alive, { engine, world })
      : await whileNobodyWorks(deployment, engine, world);
  if (changes.length > 0) await world.store.commit(changes);
}

/** One thing at a time: each raises the version, and the next look finds what is left. */
async function whileWorkedOn(
  deployment: Deployment,
  alive: readonly RunView[],
  { engine, world }: { engine: Engine; world: World },
): Promise<Change[]> {
  const outdated = needsNewer(deployment, alive, world);
  if (outdated.length > 0) return outdated;
  const asked = keepAsking(deployment, world);
  return asked.length > 0 ? asked : restoreAnew(deployment, alive, { engine, world });
}

async function whileNobodyWorks(deployment: Deployment, engine: Engine, world: World): Promise<Change[]> {
  const { number, phase, startedAt, abortRequestedBy, undoes, steps } = deployment;
  if (startedAt === undefined) return endUnbegun(deployment, world);
  if (phase.kind === 'rolling-back' || abortRequestedBy !== undefined) {
    return putBackAnew(deployment, engine, world);
  }
  const runs = await runsOf('deploy', number, engine);
  const isStuck = runs.at(-1)?.status === 'stuck';
  if (undoes !== undefined) {
    // The release a rollback takes away never comes back by itself: it goes on, unless it has touched nothing.
    const isTouched = Object.keys(steps).length > 0;
    return isTouched || isStuck ? goOn(deployment, runs, world) : putBackAnew(deployment, engine, world);
  }
  if (phase.kind === 'held' && phase.via?.kind === 'new-run') return keepAsking(deployment, world);
  // What failed is to be put back, whether or not its run came so far.
  const isToGoOn = isStuck && failedStep(deployment) === undefined;
  return isToGoOn ? holdStuck(deployment, runs, world) : putBackAnew(deployment, engine, world);
}

async function endUnbegun(deployment: Deployment, { store }: World): Promise<Change[]> {
  const { number, version, abortRequestedBy } = deployment;
  const reason = 'Forge lost the run that prepared it. Nothing was changed; ask again.';
  const isAborted = abortRequestedBy !== undefined;
  const event = isAborted ? ({ type: 'aborted' } as const) : ({ type: 'refused', reason } as const);
  const changes = await endings(number, event, store);
  const ended = changes.map((change) => {
    if (change.kind !== 'append') return change;
    // Somebody may abort it at this very moment: then the next look decides.
    const expect = change.deployment === number ? version : change.expect;
    return { ...byReconcile(deployment), ...change, expect };
  });
  return [...ended, ...endOfBuild(deployment)];
}
