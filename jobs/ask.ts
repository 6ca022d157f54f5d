import type { DeploymentEvent } from '../src/domain/events.ts';
import type { JobContext } from './engine/engine.ts';
import { StepFailed } from './steps/step-run.ts';
import type { World } from './world.ts';

type Held = Extract<DeploymentEvent, { type: 'held' }>;

/**
 * Holds the deployment and asks people; returns when somebody resumed it. Throws `StepFailed` at the deadline: the safe
 * answer is to put things back. An abort arrives as the engine's own.
 */
export async function ask(
  context: JobContext,
  request: { deployment: number; name: string; question: Omit<Held, 'type' | 'deadline'> },
  { store, policy }: World,
): Promise<void> {
  const { deployment, name, question } = request;
  const deadline = (await context.now()) + policy.timing.questionWithin;
  await context.commit(`${name}: ask`, [
    { kind: 'append', deployment, expect: 'any', events: [{ type: 'held', ...question, deadline }] },
  ]);
  for (let answer = 1; ; answer += 1) {
    const rung = await context.waitFor('steer', { within: { until: deadline } });
    // The signal is only a doorbell: what was answered stands in the deployment.
    const phase = await context.operation(`${name}: read answer ${answer}`, async () => {
      const state = await store.deployment(deployment);
      return state?.phase.kind ?? null;
    });
    if (phase !== 'held') return;
    if (rung.kind === 'timed-out') {
      throw new StepFailed(`nobody answered the question in time (${question.question})`);
    }
  }
}
