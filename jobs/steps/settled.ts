import type { Json } from '../../src/domain/json.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { ask } from '../ask.ts';
import type { DeployInput } from '../deploy.ts';
import type { JobContext } from '../engine/engine.ts';
import { type Call, platformCall } from '../platform-call.ts';
import { pause, type Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import { StepFailed } from './step-run.ts';

type Request<Value> = {
  name: string;
  plan: Plan;
  title: string;
  call: Call<Value>;
  /** Tells people instead of asking them. */
  tell?: Tell;
};

/** Calls the platform until it answers, and asks people where it is silent; see `StepRun.settled`. */
export async function settled<Value extends Json>(
  context: JobContext<DeployInput>,
  request: Request<Value>,
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
