import { z } from 'zod';
import { staleness } from '../src/domain/decisions.ts';
import { UserError } from '../src/domain/errors.ts';
import type { Answer } from '../src/use-cases/steer-deployment.ts';
import { plainMessage } from '../views/blocks.ts';
import { escaped } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { numbered } from './numbered.ts';
import { Seen, seenOf } from './seen.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({ deployment: z.int(), ...Seen });
type Input = z.infer<typeof Input>;

export const resume = defineCommand<Input>({
  name: 'resume',
  usage: 'resume <#number>',
  summary: 'answers the question of a deployment that waits for a person: go on',
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
  if (stale !== undefined && deployment.phase.kind === 'running') {
    throw new UserError(
      `Nothing was done: somebody has answered #${input.deployment} already, and it goes on. Its message shows how.`,
    );
  }
  if (stale !== undefined) {
    throw new UserError(
      `Nothing was done: #${input.deployment} is not what it was when you pressed; ${stale} Its message shows what it is now.`,
    );
  }
  const resumed = await forge.resume({ deployment: input.deployment, ...answer }, caller);
  return {
    kind: 'private',
    message: plainMessage(`#${resumed.number} goes on with ${escaped(resumed.plan.to.version)}.`),
  };
}
