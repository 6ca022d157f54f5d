import type { DeploymentEvent } from '../src/domain/events.ts';
import type { JobContext } from './engine/engine.ts';
import type { World } from './world.ts';

type Held = Extract<DeploymentEvent, { type: 'held' }>;

/** Nobody answered in time, and the safe answer was given: from here on the deployment is being aborted. */
export class NobodyAnswered extends Error {
  override readonly name = 'NobodyAnswered';
}

/**
 * Holds the deployment and asks people; returns when somebody resumed it. Throws `NobodyAnswered` at the deadline. An abort
 * arrives as the engine's own.
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
    const { phase, version } = await context.operation(`${name}: read answer ${answer}`, async () => {
      const state = await store.deployment(deployment);
      return { phase: state?.phase.kind ?? null, version: state?.version ?? 0 };
    });
    if (phase !== 'held') return;
    if (rung.kind !== 'timed-out') continue;
    // Somebody may answer at this very moment: the version decides who was first, and only the first counts.
    const given = await context.commit(`${name}: safe answer ${answer}`, [
      {
        kind: 'append',
        deployment,
        expect: version,
        events: [{ type: 'abort-requested' }],
        why: 'nobody answered the question in time',
      },
    ]);
    if (given === 'committed') {
      throw new NobodyAnswered(`nobody answered the question in time (${question.question})`);
    }
  }
}
