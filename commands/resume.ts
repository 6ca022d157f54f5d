import { z } from 'zod';
import { staleness } from '../src/domain/decisions.ts';
import { UserError } from '../src/domain/errors.ts';
import type { Answer } from '../src/use-cases/steer-deployment.ts';
import { plainMessage } from '../views/blocks.ts';
import { isBaking } from '../views/promotion.ts';
import { escaped } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { Seen, seenOf } from './seen.ts';
import { notAsSeen } from './steering.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({ deployment: z.int(), ...Seen });
type Input = z.infer<typeof Input>;

export const resume = defineCommand<Input>({
  name: 'resume',
  usage: 'resume <#number>',
  summary: 'lets a deployment go on that is paused, or that asks whether it may',
  act: 'resume',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'resume', ['strategies', 'regions']);
    return { kind: 'input', value: { deployment: await numbered(words, 'resume', asking) } };
  },
  run: (input, asking) => answerQuestion(input, {}, asking),
});

/** Answers the question the person saw, if it is still open. Throws a `UserError` that says what is now instead. */
export async function answerQuestion(
  input: Input,
  answer: Pick<Answer, 'happened'>,
  { forge, caller }: Asking,
): Promise<Reply> {
  const seen = seenOf(input);
  const deployment = await forge.deployment(input.deployment);
  const stale = seen === undefined ? undefined : staleness(deployment, seen);
  if (stale !== undefined && deployment.phase.kind === 'running' && deployment.paused === undefined) {
    throw new UserError(
      `Nothing was done: somebody has answered #${input.deployment} already, and it goes on. Its message shows how.`,
    );
  }
  if (stale !== undefined) throw notAsSeen(deployment, stale);
  const resumed = await forge.resume({ deployment: input.deployment, ...answer }, caller);
  const again = resumed.phase.kind !== 'held' && isBaking(resumed) ? ' The bake begins again.' : '';
  const text = `#${resumed.number} goes on with ${escaped(resumed.plan.to.version)}.${again}`;
  return { kind: 'private', message: plainMessage(text) };
}
