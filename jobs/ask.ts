import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Json } from '../src/domain/json.ts';
import type { JobContext } from './engine/engine.ts';
import { type Heard, listen } from './listen.ts';
import type { Call } from './platform-call.ts';
import { readAgain } from './trouble.ts';
import type { World } from './world.ts';

type Held = Extract<DeploymentEvent, { type: 'held' }>;

/** Nobody answered in time, and the safe answer was given: from here on the deployment is being aborted. */
export class NobodyAnswered extends Error {
  override readonly name = 'NobodyAnswered';
}

type Asked = {
  deployment: number;
  name: string;
  question: Omit<Held, 'type' | 'deadline'>;
  /** What got no answer: asked again while people are. Absent: only people can answer. */
  call?: Call<Json>;
};

/**
 * Holds the deployment and asks people; returns when somebody resumed it, or when AWS answers again. People are reminded
 * once. Throws `NobodyAnswered` at the deadline. An abort arrives as the engine's own.
 */
export async function ask(context: JobContext, asked: Asked, world: World): Promise<void> {
  const { deployment, name, question, call } = asked;
  const { deadline, remindAt } = await context.operation(`${name}: deadline`, async () => {
    const { questionWithin } = world.policy.timing;
    const now = world.clock.now();
    return { deadline: now + questionWithin, remindAt: now + Math.round(questionWithin / 2) };
  });
  await context.commit(`${name}: ask`, [
    { kind: 'append', deployment, expect: 'any', events: [{ type: 'held', ...question, deadline }] },
  ]);
  let until = remindAt;
  for (let answer = 1; ; answer += 1) {
    const heard = await context.operation<Heard>(
      `${name}: answer ${answer}`,
      ({ signal }) => listen({ deployment, until, ...(call === undefined ? {} : { call }) }, world, signal),
      { retry: readAgain },
    );
    if (heard.kind === 'answered') return;
    // Somebody may answer at this very moment: the version decides who was first, and only the first counts.
    const given = await context.commit(`${name}: after ${answer}`, [
      { kind: 'append', deployment, expect: heard.version, ...said(heard, until < deadline) },
    ]);
    if (given === 'conflict') continue;
    if (heard.kind === 'back') return;
    if (until === deadline) {
      throw new NobodyAnswered(`nobody answered the question in time (${question.question})`);
    }
    until = deadline;
  }
}

function said(heard: Heard, isEarly: boolean): { events: DeploymentEvent[]; why?: string } {
  if (heard.kind === 'back') return { events: [{ type: 'resumed' }] };
  if (isEarly) return { events: [{ type: 'reminded' }] };
  return { events: [{ type: 'abort-requested' }], why: 'nobody answered the question in time' };
}
