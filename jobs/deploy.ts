import { messageOf } from '../src/domain/errors.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Json } from '../src/domain/json.ts';
import { Plan, type Step } from '../src/domain/plan.ts';
import type { Target } from '../src/domain/release.ts';
import { ask, NobodyAnswered } from './ask.ts';
import { endDeployment } from './end-deployment.ts';
import { AbortRequested, type JobContext } from './engine/engine.ts';
import { type Call, platformCall } from './platform-call.ts';
import { putBack } from './put-back.ts';
import { carryOut } from './steps/carry-out.ts';
import { StepFailed, type StepRun } from './steps/step-run.ts';
import type { World } from './world.ts';

export type DeployInput = { deployment: number; service: string; environment: string };

/**
 * Carries out a deployment's plan step by step. A failure or an abort puts back what was live before, shielded from
 * further aborts. It holds the key service/environment while it runs.
 */
export async function deploy(context: JobContext<DeployInput>, world: World): Promise<void> {
  const { deployment } = context.input;
  try {
    const plan = Plan.parse(await context.operation('read the plan', () => planOf(deployment, world)));
    for (const step of plan.steps) await carryOutStep(context, { step, plan }, world);
    await endDeployment(context, deployment, { type: 'succeeded' }, world.store);
  } catch (error) {
    const ending = endingOf(error);
    await context.shield(() => putBack(context, { deployment, ...ending }, world));
  }
}

async function planOf(deployment: number, { store }: World): Promise<Plan> {
  const state = await store.deployment(deployment);
  if (state === undefined) throw new Error(`Deployment #${deployment} is not in the database`);
  return state.plan;
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

async function carryOutStep(
  context: JobContext<DeployInput>,
  { step, plan }: { step: Step; plan: Plan },
  world: World,
): Promise<void> {
  const { deployment, service, environment } = context.input;
  const record = (name: string, event: DeploymentEvent) =>
    context.commit(`${step.id}: ${name}`, [{ kind: 'append', deployment, expect: 'any', events: [event] }]);
  const target: Target = { service, environment, region: step.region };
  const run: StepRun = {
    context,
    world,
    target,
    release: plan.to,
    resumedAt: 0,
    settled: async (name, call) => {
      const { value, resumedAt } = await settled(context, { name: `${step.id}: ${name}`, plan, call }, world);
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
    if (error instanceof StepFailed) {
      await record('fail', { type: 'step-failed', step: step.id, reason: error.message });
    }
    throw error;
  }
}

async function settled<Value extends Json>(
  context: JobContext<DeployInput>,
  request: { name: string; plan: Plan; call: Call<Value> },
  world: World,
): Promise<{ value: Value; resumedAt: number | undefined }> {
  const { deployment, service, environment } = context.input;
  let resumedAt: number | undefined;
  for (let round = 1; ; round += 1) {
    const name = round === 1 ? request.name : `${request.name} (round ${round})`;
    const outcome = await platformCall(context, name, request.call, world);
    if (outcome.kind === 'done') return { value: outcome.value, resumedAt };
    if (outcome.kind === 'refused') throw new StepFailed(outcome.reason);
    const before = Object.values(request.plan.from)[0]?.version ?? 'what was live before';
    const question = {
      question: `AWS does not answer for ${service} in ${environment}: ${outcome.reason}`,
      resumeMeans: `Resume asks AWS again and goes on with ${request.plan.to.version}.`,
      abortMeans: `Abort puts ${before} back.`,
    };
    await ask(context, { deployment, name, question }, world);
    resumedAt = await context.now();
  }
}
