import type { Deployment } from '../src/domain/deployment.ts';
import type { Step } from '../src/domain/plan.ts';
import { environmentNamed } from '../src/domain/policy.ts';
import { type RegionTimes, timesToBegin, timesToGoOn } from '../src/domain/region-wait.ts';
import { startQuestionOf } from '../src/use-cases/start-question.ts';
import type { World } from './world.ts';

type Reached = Pick<World, 'store' | 'policy' | 'clock'>;

const OPEN: RegionTimes = { kind: 'open', despite: [] };

/** What is left to do once a release has passed its last bake in a region: nothing of that waits for better times. */
const cleaningUp: ReadonlySet<Step['kind']> = new Set(['disarm', 'standby']);

/** Whether a deployment may begin in a region now. */
export async function mayBegin(
  deployment: Deployment,
  region: string,
  reached: Reached,
): Promise<RegionTimes> {
  if (!isForward(deployment)) return OPEN;
  return timesToBegin(await startQuestionOf(deployment, reached.clock.now(), reached), region);
}

/** Whether a deployment may go on with a step of a region where it has begun. Nothing holds up the way back. */
export async function mayGoOn(deployment: Deployment, id: string, reached: Reached): Promise<RegionTimes> {
  const { plan, environment } = deployment;
  const step = plan.steps.find((one) => one.id === id);
  const { whenItCloses = 'finish-region' } = environmentNamed(reached.policy, environment)?.windows ?? {};
  if (whenItCloses === 'finish-region' || !isForward(deployment)) return OPEN;
  if (step === undefined || cleaningUp.has(step.kind)) return OPEN;
  return timesToGoOn(await startQuestionOf(deployment, reached.clock.now(), reached), step.region);
}

function isForward({ phase, undoes, abortRequestedBy }: Deployment): boolean {
  const isUnderWay = phase.kind === 'running' || phase.kind === 'held';
  return isUnderWay && undoes === undefined && abortRequestedBy === undefined;
}
