import type { BuildJob, BuildState } from '../../src/domain/build.ts';
import type { BuildStanding } from '../../src/domain/build-standing.ts';
import { TAIL_LINES } from '../../src/domain/check.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { digestOf } from '../../src/domain/json.ts';
import type { WorkflowJob, WorkflowRun } from '../../src/ports/code-host.ts';
import { minutesTold } from '../minutes-told.ts';
import { requireState } from '../require-state.ts';
import type { World } from '../world.ts';
import { hostOf } from './host-of.ts';
import { imageOf } from './image-of.ts';
import { deadlineOf } from './look-at-check.ts';

type Build = Extract<BuildStanding, { kind: 'running' }>;

/** What a look at the build came to. */
export type BuildLook =
  | { kind: 'same' }
  | { kind: 'told'; event: DeploymentEvent }
  /** The run is over and all of it passed: the image is to be seen next. */
  | { kind: 'passed' };

/** Registries show an image a while after it was pushed. Milliseconds. */
const IMAGE_WITHIN = 2 * 60_000;

/** Watches the run until there is something to tell, at most as long as one look may take. Errors as the code host's. */
export async function watchRun(
  number: number,
  build: Build,
  world: World,
  signal: AbortSignal,
): Promise<BuildLook> {
  const { clock, policy } = world;
  const { poll, observe } = policy.timing;
  const { service, build: state } = await requireState(number, world.store);
  const host = hostOf(service, world);
  if (host.kind === 'none') return told(await failedBuild(number, { says: host.says }, world));
  const { codeHost, repository } = host;
  const { run: id, startedAt, within } = build;
  if (id === null || state === undefined) return { kind: 'same' };
  const until = clock.now() + observe;
  for (let look = 1; ; look += 1) {
    // Each change is an event of its own: not more often than anybody reads.
    if (look > 1 || state.jobs.length > 0) await clock.sleep(poll, signal);
    const run = await codeHost.run(repository, id, { signal });
    if (run.state === 'passed') return isShown(run, state) ? { kind: 'passed' } : told(progress(run));
    if (run.state === 'failed' || run.state === 'cancelled') {
      const tail = await codeHost.logTail(repository, { run: id, lines: TAIL_LINES }, { signal });
      return told(await failedBuild(number, { says: endWords(run), tail, url: run.url }, world));
    }
    if (clock.now() - startedAt >= within) {
      await codeHost.cancelRun(repository, id, { signal });
      const says = `It was not done within ${minutesTold(within)}, so it was cancelled.`;
      return told(await failedBuild(number, { says, url: run.url }, world));
    }
    if (!isShown(run, state)) return told(progress(run));
    if (clock.now() >= until) return { kind: 'same' };
  }
}

/** Sees whether what was made is what was asked for: in every region, of the commit by name and by label. Errors as the source control's. */
export async function awaitImage(
  number: number,
  { run }: Build,
  world: World,
  signal: AbortSignal,
): Promise<BuildLook> {
  const { clock, policy } = world;
  const state = await requireState(number, world.store);
  const until = clock.now() + IMAGE_WITHIN;
  for (;;) {
    const image = await imageOf(state, world, signal);
    if (image.kind === 'there' && image.isLabelled) {
      return told({ type: 'build-finished', detail: image.says });
    }
    if (image.kind === 'there') {
      const says = `Nobody can tell what the image was made from: it has no label \`org.opencontainers.image.revision\`. Have ${state.build?.workflow ?? 'the workflow'} give it one, with the commit.`;
      return told(await failedBuild(number, { says }, world));
    }
    if (image.kind === 'wrong' || clock.now() >= until) {
      const says = `Run ${run} passed, but: ${image.says}`;
      return told(await failedBuild(number, { says }, world));
    }
    await clock.sleep(policy.timing.poll, signal);
  }
}

/** There is no image; people have until the deadline to do something about it. */
export async function failedBuild(
  number: number,
  { says, tail = [], url }: { says: string; tail?: string[]; url?: string },
  { store, clock, policy }: World,
): Promise<DeploymentEvent> {
  const state = await requireState(number, store);
  return {
    ...{ type: 'build-failed', says },
    ...(tail.length === 0 ? {} : { tail }),
    ...(url === undefined ? {} : { url }),
    deadline: deadlineOf(state, clock.now(), policy.timing.questionWithin),
  };
}

function told(event: DeploymentEvent): BuildLook {
  return { kind: 'told', event };
}

function progress(run: WorkflowRun): DeploymentEvent {
  return { type: 'build-progressed', run: run.id, url: run.url, jobs: run.jobs.map(jobOf) };
}

function isShown(run: WorkflowRun, { url, jobs }: BuildState): boolean {
  return url === run.url && digestOf(run.jobs.map(jobOf)) === digestOf(jobs);
}

function jobOf({ name, state, steps }: WorkflowJob): BuildJob {
  const step = steps.find((one) => one.state === 'failed') ?? steps.find((one) => one.state === 'running');
  const done = steps.filter((one) => one.state !== 'queued' && one.state !== 'running').length;
  return { name, state, ...(step === undefined ? {} : { step: step.name }), done, of: steps.length };
}

function endWords(run: WorkflowRun): string {
  if (run.state === 'cancelled') return 'Somebody cancelled the run on GitHub.';
  const job = run.jobs.map(jobOf).find(({ state }) => state === 'failed' || state === 'cancelled');
  if (job === undefined) return 'The run failed, and GitHub does not say where.';
  return `The job “${job.name}” failed${job.step === undefined ? '' : ` at the step “${job.step}”`}.`;
}
