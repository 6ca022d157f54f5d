import { z } from 'zod';
import { isFinished } from '../src/domain/deployment.ts';
import { messageOf } from '../src/domain/errors.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Json } from '../src/domain/json.ts';
import { Plan, type Step } from '../src/domain/plan.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import type { Target } from '../src/domain/release.ts';
import { ask, NobodyAnswered } from './ask.ts';
import { endDeployment } from './end-deployment.ts';
import { AbortRequested, type JobContext, OperationFailed } from './engine/engine.ts';
import { isTakenOver, obedient } from './obedient.ts';
import { type Call, platformCall } from './platform-call.ts';
import { putBack } from './put-back.ts';
import { carryOut } from './steps/carry-out.ts';
import { ServiceReplaced, StepFailed, type StepRun } from './steps/step-run.ts';
import { requireStillOurs } from './still-ours.ts';
import { createTeller, pause, readAgain, type Tell } from './trouble.ts';
import type { World } from './world.ts';

export type DeployInput = { deployment: number; service: string; environment: string };

/**
 * Carries out a deployment's plan step by step. A failure or an abort puts back what was live before, shielded from
 * further aborts; of a rollback, only an abort does. It holds the key service/environment while it runs.
 */
export async function deploy(context: JobContext<DeployInput>, reached: World): Promise<void> {
  const { deployment } = context.input;
  const world = obedient(reached, deployment);
  let isRollback = false;
  try {
    const read = () => workOf(deployment, world);
    const work = Work.parse(await context.operation('read the plan', read, { retry: readAgain }));
    if (work.isOver) return;
    const { plan, done, title } = work;
    isRollback = plan.steps.some(({ kind }) => kind === 'restore');
    if (context.runId !== `deploy/${deployment}`) {
      await requireStillOurs(context, { ...context.input, plan, done }, world);
    }
    const telling = tellers(context);
    for (const step of plan.steps.filter(({ id }) => !done.includes(id))) {
      await carryOutStep(context, { step, plan, title, isRollback, tell: telling(step.region) }, world);
    }
    await endDeployment(context, deployment, { type: 'succeeded' }, world.store);
  } catch (error) {
    if (isTakenOver(error)) return;
    if (error instanceof ServiceReplaced) {
      const left = { type: 'left', reason: error.message } as const;
      await context.shield(() => endDeployment(context, deployment, left, world.store));
      return;
    }
    const ending = endingOf(error);
    // The release a rollback takes away never comes back by itself: another run goes on with it (see `reconcile`).
    if (isRollback && ending.because === 'failure') throw error;
    await context.shield(() => putBack(context, { deployment, ...ending }, world));
  }
}

const Work = z.strictObject({
  plan: Plan,
  /** Steps that an earlier run finished, by id: they are not done again. */
  done: z.array(z.string()),
  /** A person has taken over before the run began. */
  isOver: z.boolean(),
  /** What people call the service. */
  title: z.string(),
});
type Work = z.infer<typeof Work>;

async function workOf(deployment: number, { store, policy }: World): Promise<Work> {
  const state = await store.deployment(deployment);
  if (state === undefined) throw new Error(`Deployment #${deployment} is not in the database`);
  const done = Object.entries(state.steps).flatMap(([id, { kind }]) => (kind === 'finished' ? [id] : []));
  const title = serviceNamed(policy, state.service)?.title ?? state.service;
  return { plan: state.plan, done, isOver: isFinished(state), title };
}

function endingOf(error: unknown): { because: 'failure' | 'abort'; reason: string } {
  if (error instanceof AbortRequested) return { because: 'abort', reason: error.reason };
  if (error instanceof NobodyAnswered) return { because: 'abort', reason: error.message };
  if (error instanceof StepFailed) return { because: 'failure', reason: error.message };
  return {
    because: 'failure',
    reason: `Forge itself had a problem and stopped to be safe: ${messageOf(error)}`,
  };
}

type OneStep = { step: Step; plan: Plan; title: string; isRollback: boolean; tell: (step: string) => Tell };

/** One clock per region, whatever step of it does not get on. */
function tellers(context: JobContext<DeployInput>): (region: string) => (step: string) => Tell {
  const { deployment } = context.input;
  const tellings = new Map<string, Tell>();
  let current = '';
  const inRegion = (region: string): Tell => {
    const telling =
      tellings.get(region) ??
      createTeller(context, async (name, reason) => {
        const event: DeploymentEvent = { type: 'blocked', step: current, reason };
        await context.commit(name, [{ kind: 'append', deployment, expect: 'any', events: [event] }]);
      });
    tellings.set(region, telling);
    return telling;
  };
  return (region) => (step) => {
    current = step;
    return inRegion(region);
  };
}

async function carryOutStep(
  context: JobContext<DeployInput>,
  { step, plan, title, isRollback, tell }: OneStep,
  world: World,
): Promise<void> {
  const { deployment, service, environment } = context.input;
  const record = (name: string, event: DeploymentEvent) =>
    context.commit(`${step.id}: ${name}`, [{ kind: 'append', deployment, expect: 'any', events: [event] }]);
  const target: Target = { service, environment, region: step.region };
  const run: StepRun = {
    context,
    ...{ world, deployment, tell: tell(step.id) },
    target,
    release: plan.to,
    resumedAt: 0,
    settled: async (name, call) => {
      const { value, resumedAt } = await settled(
        context,
        { name: `${step.id}: ${name}`, plan, title, call, ...(isRollback ? { tell: run.tell } : {}) },
        world,
      );
      run.resumedAt = resumedAt ?? run.resumedAt;
      return value;
    },
    progress: async (name, progress) => {
      await record(name, { type: 'step-progressed', step: step.id, progress });
    },
  };
  await record('begin', { type: 'step-started', step: step.id });
  try {
    const detail = await carryOut(step, run);
    await record('finish', {
      type: 'step-finished',
      step: step.id,
      ...(detail === undefined ? {} : { detail }),
    });
  } catch (error) {
    const reason = failureOf(error);
    if (reason === undefined) throw error;
    await record('fail', { type: 'step-failed', step: step.id, reason });
    // What a rollback put back is live and healthy: people are told what is wrong with it, and it stays.
    if (!isRollback || error instanceof ServiceReplaced) throw error;
  }
}

/** Why a step failed, where it is the step that did: anything else ends the run. */
function failureOf(error: unknown): string | undefined {
  if (error instanceof StepFailed || error instanceof ServiceReplaced) return error.message;
  if (!(error instanceof OperationFailed) || isTakenOver(error)) return undefined;
  return `Forge itself had a problem: ${error.message}`;
}

async function settled<Value extends Json>(
  context: JobContext<DeployInput>,
  request: {
    name: string;
    plan: Plan;
    title: string;
    call: Call<Value> /** Tells people instead of asking them. */;
    tell?: Tell;
  },
  world: World,
): Promise<{ value: Value; resumedAt: number | undefined }> {
  const { deployment, environment } = context.input;
  let resumedAt: number | undefined;
  for (let round = 1; ; round += 1) {
    const name = round === 1 ? request.name : `${request.name} (round ${round})`;
    const outcome = await platformCall(context, name, request.call, world);
    if (outcome.kind === 'done') return { value: outcome.value, resumedAt };
    if (outcome.kind === 'refused') throw new StepFailed(outcome.reason);
    if (request.tell !== undefined) {
      await request.tell(`${name}: blocked`, `AWS does not answer: ${outcome.reason}`);
      await pause(context, { name: `${name}: pause`, round, deployment }, world);
      continue;
    }
    const before = Object.values(request.plan.from)[0]?.version ?? 'what was live before';
    const question = {
      question: `AWS does not answer for ${request.title} in ${environment}: ${outcome.reason}`,
      resumeMeans: `Resume asks AWS again at once and goes on with ${request.plan.to.version}; Forge does that by itself as soon as AWS answers.`,
      abortMeans: `Abort puts ${before} back.`,
    };
    await ask(context, { deployment, name, question, call: request.call }, world);
    resumedAt = await context.now();
  }
}
