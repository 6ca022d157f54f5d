import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import type { Change } from '../src/ports/store.ts';
import { endings } from './endings.ts';
import type { Engine, RunView } from './engine/engine.ts';
import type { PutBackRequest } from './put-back.ts';
import type { World } from './world.ts';

/** Between two looks for deployments that nobody works on. Milliseconds. */
const EVERY = 5_000;

/**
 * Finds deployments that are not finished although no run works on them (a run failed, was stuck, or was aborted before it
 * began) and ends them safely: what was changed is put back, what never began is refused, a rollback goes on. Runs while this process leads.
 */
export async function reconcile(engine: Engine, world: World, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const deployment of await world.store.unfinished()) await adopt(deployment, engine, world);
    await world.clock.sleep(EVERY, signal);
  }
}

async function adopt({ number }: Deployment, engine: Engine, world: World): Promise<void> {
  const alive = await engine.list({ statuses: ['queued', 'active'] });
  if (alive.some((run) => worksOn(number, run))) return;
  // The last run may have ended the deployment between our two looks.
  const deployment = await world.store.deployment(number);
  if (deployment === undefined || isFinished(deployment)) return;
  await world.store.commit(await safeEnd(deployment, engine, world));
}

/** `prepare/142`, `deploy/142`, `put-back/142`, `put-back/142/2` and the runs they started. */
function worksOn(number: number, { id }: RunView): boolean {
  const [job, of] = id.split('/');
  return of === String(number) && (job === 'prepare' || job === 'deploy' || job === 'put-back');
}

async function safeEnd(deployment: Deployment, engine: Engine, world: World): Promise<Change[]> {
  const { number, version } = deployment;
  if (isToGoOn(deployment)) return [await goOnRun(deployment, engine)];
  if (deployment.startedAt !== undefined) return [await putBackRun(deployment, engine)];
  const reason = 'Forge lost the run that prepared it. Nothing was changed; ask again.';
  const isAborted = deployment.abortRequestedBy !== undefined;
  const event = isAborted ? ({ type: 'aborted' } as const) : ({ type: 'refused', reason } as const);
  const by = { kind: 'job', run: `reconcile/${number}` } as const;
  const changes = await endings(number, event, world.store);
  return changes.map((change) => {
    if (change.kind !== 'append') return change;
    // Somebody may abort it at this very moment: then the next look decides.
    const expect = change.deployment === number ? version : change.expect;
    return { by, cause: `reconcile/${number}/${version}`, ...change, expect };
  });
}

/** The release a rollback takes away never comes back by itself: it goes on, unless it has touched nothing or is aborted. */
function isToGoOn({ undoes, steps, phase, abortRequestedBy }: Deployment): boolean {
  const isTouched = Object.keys(steps).length > 0;
  return undoes !== undefined && isTouched && abortRequestedBy === undefined && phase.kind !== 'rolling-back';
}

async function goOnRun(deployment: Deployment, engine: Engine): Promise<Change> {
  const { number, service, environment } = deployment;
  const ended = await engine.list({ statuses: ['done', 'failed', 'stuck', 'aborted'] });
  const earlier = ended.filter((run) => run.job === 'deploy' && worksOn(number, run)).length;
  const input = { deployment: number, service, environment };
  const id = `deploy/${number}/${earlier + 1}`;
  return { kind: 'start-run', id, job: 'deploy', input, key: `${service}/${environment}` };
}

async function putBackRun(deployment: Deployment, engine: Engine): Promise<Change> {
  const { number } = deployment;
  const ended = await engine.list({ statuses: ['done', 'failed', 'stuck', 'aborted'] });
  const earlier = ended.filter((run) => run.job === 'put-back' && worksOn(number, run)).length;
  const id = earlier === 0 ? `put-back/${number}` : `put-back/${number}/${earlier + 1}`;
  const input: PutBackRequest = { deployment: number, ...becauseOf(deployment) };
  return { kind: 'start-run', id, job: 'put-back', input };
}

function becauseOf({ phase, abortRequestedBy, abortWhy }: Deployment): Omit<PutBackRequest, 'deployment'> {
  if (phase.kind === 'rolling-back') return { because: phase.because, reason: phase.reason };
  if (abortRequestedBy !== undefined) return { because: 'abort', reason: abortWhy ?? '' };
  return {
    because: 'failure',
    reason: 'Forge lost the run that carried it out, and stopped to be safe',
  };
}
