import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent, RecordedEvent } from '../src/domain/events.ts';
import type { Change } from '../src/ports/store.ts';
import { byReconcile } from './by-reconcile.ts';
import type { Engine, RunView } from './engine/engine.ts';
import type { PutBackRequest } from './put-back.ts';
import { runId, runsOf } from './runs-of.ts';
import { whatBefell } from './what-befell.ts';
import type { World } from './world.ts';

/** A run in place of lost ones begins at most this much later. Milliseconds. */
const LONGEST_PAUSE = 30_000;
/** From so many lost runs on, people are told, and may take over. */
const TOLD_FROM = 2;
/** They are told again this often while it lasts. Milliseconds. */
const TELL_AGAIN = 5 * 60_000;

/** Has a rollback go on in a run of its own, from what is true now. */
export async function goOn(
  deployment: Deployment,
  runs: readonly RunView[],
  world: World,
): Promise<Change[]> {
  const { number, service, environment } = deployment;
  const id = runId('deploy', number, runs.length + 1);
  const input = { deployment: number, service, environment };
  const trouble = await troubleToTell(deployment, runs, world);
  const isNews = runs.length < TOLD_FROM;
  const continued: DeploymentEvent = {
    type: 'continued',
    run: id,
    ...(isNews ? toldOf(runs.at(-1)) : {}),
  };
  return [
    appended(deployment, [continued, ...trouble]),
    {
      kind: 'start-run',
      ...{ id, job: 'deploy', input, key: `${service}/${environment}` },
      ...after(runs.length - 1, world),
    },
  ];
}

/** Puts back what a deployment changed, in a run of its own: an empty journal contradicts no code. Never given up. */
export async function putBackAnew(deployment: Deployment, engine: Engine, world: World): Promise<Change[]> {
  const { number } = deployment;
  const runs = await runsOf('put-back', number, engine);
  const lost = [...(await untold(deployment, engine)), ...runs];
  const trouble = await troubleToTell(deployment, lost, world);
  const input: PutBackRequest = { deployment: number, ...becauseOf(deployment) };
  const id = runId('put-back', number, runs.length + 1);
  return [
    appended(deployment, [
      { type: 'continued', run: id, ...(lost.length === 1 ? toldOf(lost[0]) : {}) },
      ...trouble,
    ]),
    { kind: 'start-run', id, job: 'put-back', input, ...after(runs.length, world) },
  ];
}

/** That a run was lost, for everybody and for engineers. */
export function toldOf(run: RunView | undefined): { reason: string; detail?: string } {
  const error = run?.error ?? 'It does not say why.';
  const reason = `${whatBefell(error)}.`;
  return run === undefined ? { reason } : { reason, detail: `Run ${run.id} is ${run.status}. ${error}` };
}

/** The run that was to carry it out, where it was lost and people have not been asked about that. */
async function untold({ number, phase }: Deployment, engine: Engine): Promise<RunView[]> {
  if (phase.kind === 'held' && phase.via?.kind === 'new-run') return [];
  const last = (await runsOf('deploy', number, engine)).at(-1);
  return last?.status === 'stuck' || last?.status === 'failed' ? [last] : [];
}

/** Why the step failed that did, of a deployment that is to be put back for it. */
export function failedStep({ steps }: Pick<Deployment, 'steps'>): string | undefined {
  const failed = Object.values(steps).find((step) => step.kind === 'failed');
  return failed?.kind === 'failed' ? failed.reason : undefined;
}

function appended(deployment: Deployment, events: DeploymentEvent[]): Change {
  const { number, version } = deployment;
  return { kind: 'append', deployment: number, expect: version, events, ...byReconcile(deployment) };
}

/** Longer from run to run: what ends one at once would end the next as well. */
export function after(lost: number, { clock }: World): { at?: number } {
  return lost <= 0 ? {} : { at: clock.now() + Math.min(LONGEST_PAUSE, 1000 * 2 ** lost) };
}

async function troubleToTell(
  { number }: Deployment,
  lost: readonly RunView[],
  { store, clock }: World,
): Promise<DeploymentEvent[]> {
  if (lost.length < TOLD_FROM) return [];
  const toldAt = (await store.events(number)).findLast(isTold)?.at ?? Number.NEGATIVE_INFINITY;
  return clock.now() - toldAt < TELL_AGAIN ? [] : [{ type: 'blocked', reason: lostReason(lost) }];
}

function isTold({ event, by }: RecordedEvent): boolean {
  return event.type === 'blocked' && by.kind === 'job' && by.run.startsWith('reconcile/');
}

export function lostReason(lost: readonly RunView[]): string {
  const last = lost.at(-1);
  const times = lost.length > 1 ? ` ${lost.length} times` : '';
  const error = last?.error === undefined ? '' : ` (${last.id}: ${last.error})`;
  return `Forge lost its own work on this${times}${error}.`;
}

function becauseOf(deployment: Deployment): Omit<PutBackRequest, 'deployment'> {
  const { phase, abortRequestedBy, abortWhy } = deployment;
  if (phase.kind === 'rolling-back') return { because: phase.because, reason: phase.reason };
  if (abortRequestedBy !== undefined) return { because: 'abort', reason: abortWhy ?? '' };
  return {
    because: 'failure',
    reason: failedStep(deployment) ?? 'Forge lost the run that carried it out, and stopped to be safe',
  };
}
