import { z } from 'zod';
import { plainMessage } from '../views/blocks.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { placeOf } from './place-of.ts';
import { asSeen, Steered, steeredFromWords } from './steering.ts';

/** A button names the step it was shown for: a late click must not end the next bake. */
const Input = Steered.extend({ step: z.string().optional() });
type Input = z.infer<typeof Input>;

export const skip = defineCommand<Input>({
  name: 'skip',
  usage: 'skip <#number> [because …]',
  summary: 'ends the present bake early; for approvers',
  act: 'skip',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  fromWords: (words, asking) => steeredFromWords(words, 'skip', asking),
  run,
});

async function run({ step, ...input }: Input, { forge, caller }: Asking): Promise<Reply> {
  const steering = { ...(await asSeen(input, forge)), ...(step === undefined ? {} : { step }) };
  const { number, paused } = await forge.skip(steering, caller);
  const next =
    paused === undefined
      ? 'and goes on'
      : `at this step, but it is paused: it goes on when somebody types \`/forge resume #${number}\` or presses Resume`;
  const text = `#${number} does not wait any longer ${next}. Automatic rollback stays on.`;
  return { kind: 'private', message: plainMessage(text) };
}
