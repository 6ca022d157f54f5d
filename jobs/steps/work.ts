import { z } from 'zod';
import { isFinished } from '../../src/domain/deployment.ts';
import { Plan } from '../../src/domain/plan.ts';
import { serviceNamed } from '../../src/domain/policy.ts';
import type { JobContext } from '../engine/engine.ts';
import { requireState } from '../require-state.ts';
import { readAgain } from '../trouble.ts';
import type { World } from '../world.ts';
import { Limits, limitsOf } from './limits.ts';

const Work = z.strictObject({
  plan: Plan,
  /** Steps that an earlier run finished, by id: they are not done again. */
  done: z.array(z.string()),
  /** Steps that an earlier run began, by id. */
  begun: z.array(z.string()),
  /** A person has taken over before the run began. */
  isOver: z.boolean(),
  /** What people call the service. */
  title: z.string(),
  limits: Limits,
});

/** What a run has before it when it begins: the same after each restart, whatever happens to the deployment meanwhile. */
export type Work = z.infer<typeof Work>;

/** Reads it once; throws when the deployment does not exist. */
export async function readWork(
  context: JobContext<{ deployment: number }>,
  { store, policy }: World,
): Promise<Work> {
  const { deployment } = context.input;
  const read = async () => {
    const state = await requireState(deployment, store);
    const { plan, steps, service, environment } = state;
    const stepsThat = (kind: 'finished' | 'running') =>
      Object.entries(steps).flatMap(([id, step]) => (step.kind === kind ? [id] : []));
    return {
      ...{ plan, done: stepsThat('finished'), begun: stepsThat('running') },
      isOver: isFinished(state),
      title: serviceNamed(policy, service)?.title ?? service,
      limits: limitsOf(policy, environment),
    } satisfies Work;
  };
  return Work.parse(await context.operation('read the plan', read, { retry: readAgain }));
}
