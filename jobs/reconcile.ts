import type { Deployment } from '../src/domain/deployment.ts';
import type { Change } from '../src/ports/store.ts';
import { endings } from './endings.ts';
import type { Engine } from './engine/engine.ts';
import type { World } from './world.ts';

/** Between two looks for deployments that nobody works on. Milliseconds. */
const EVERY = 5_000;

/**
 * Finds deployments that are not finished although no run works on them (a run failed, was stuck, or was aborted before it
 * began) and ends them safely: what was changed is put back, what never began is refused. Runs while this process leads.
 */
export async function reconcile(engine: Engine, world: World, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const deployment of await world.store.unfinished()) await adopt(deployment, engine, world);
    await world.clock.sleep(EVERY, signal);
  }
}

async function adopt(deployment: Deployment, engine: Engine, world: World): Promise<void> {
  const { number } = deployment;
  const runs = [`prepare/${number}`, `deploy/${number}`, `put-back/${number}`];
  for (const run of runs) {
    const view = await engine.get(run);
    if (view?.status === 'queued' || view?.status === 'active') return;
  }
  // A run may have ended the deployment between our two looks.
  const now = await world.store.deployment(number);
  if (now === undefined || now.version !== deployment.version) return;
  await world.store.commit(await safeEnd(deployment, engine, world));
}

async function safeEnd(deployment: Deployment, engine: Engine, world: World): Promise<Change[]> {
  const { number } = deployment;
  const isAborted = deployment.abortRequestedBy !== undefined;
  const by = { kind: 'job', run: `reconcile/${number}` } as const;
  if (deployment.startedAt === undefined) {
    const reason = 'Forge lost the run that prepared it. Nothing was changed; ask again.';
    const event = isAborted ? ({ type: 'aborted' } as const) : ({ type: 'refused', reason } as const);
    const changes = await endings(number, event, world.store);
    return changes.map((change) =>
      change.kind === 'append'
        ? { by, cause: `reconcile/${number}/${deployment.version}`, ...change }
        : change,
    );
  }
  const tries = await engine.list({ statuses: ['failed', 'stuck', 'aborted'] });
  const earlier = tries.filter(({ id }) => id.startsWith(`put-back/${number}`)).length;
  const id = earlier === 0 ? `put-back/${number}` : `put-back/${number}/${earlier + 1}`;
  const because = isAborted ? 'abort' : 'failure';
  const reason = isAborted
    ? 'asked in Slack'
    : 'Forge lost the run that carried it out, and stopped to be safe';
  return [{ kind: 'start-run', id, job: 'put-back', input: { deployment: number, because, reason } }];
}
