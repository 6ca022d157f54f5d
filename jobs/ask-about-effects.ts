import { isFinished } from '../src/domain/deployment.ts';
import type { Engine, OpenQuestion } from './engine/engine.ts';
import { EffectQuestion } from './unrepeatable.ts';
import type { World } from './world.ts';

/**
 * Asks people about every effect whose outcome a run does not know and waits to hear. The question's cause is the
 * operation's attempt: however often the run comes to it again, they are asked once.
 */
export async function askAboutEffects(
  engine: Pick<Engine, 'questions'>,
  world: Pick<World, 'store'>,
): Promise<void> {
  for (const open of engine.questions()) await hold(open, world);
}

async function hold(open: OpenQuestion, { store }: Pick<World, 'store'>): Promise<void> {
  const { run, operation, answer, deadline, about } = open;
  const asked = EffectQuestion.safeParse(about);
  if (!asked.success || deadline === undefined) return;
  const { deployment: number, question, againMeans, doneMeans, abortMeans, otherwise } = asked.data;
  const deployment = await store.deployment(number);
  if (deployment === undefined || isFinished(deployment)) return;
  if (deployment.phase.kind === 'rolling-back' || deployment.abortRequestedBy !== undefined) return;
  await store.commit([
    {
      kind: 'append',
      deployment: number,
      expect: deployment.version,
      by: { kind: 'job', run },
      cause: `question/${run}/${answer}`,
      events: [
        {
          type: 'held',
          ...{ question, resumeMeans: againMeans, doneMeans, abortMeans, deadline, otherwise },
          detail: `Forge ended during operation "${operation}" of run ${run}, before it could note the outcome.`,
          via: { kind: 'signal', run, name: answer },
        },
      ],
    },
  ]);
}
