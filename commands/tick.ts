import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import { plainMessage } from '../views/blocks.ts';
import { quoted } from '../views/text.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { given } from './given.ts';
import { placeOf } from './place-of.ts';
import { asVoter } from './vote.ts';
import { theNumber, type Words } from './words.ts';

/** A button carries which box it was shown for: a late click must not confirm what says something else by now. */
const Input = z.strictObject({
  deployment: z.int(),
  box: z.string().max(300, 'A box has a shorter name.'),
  of: z.string().optional(),
});
type Input = z.infer<typeof Input>;

export const tick = defineCommand<Input>({
  name: 'tick',
  usage: 'tick <#number> <box>',
  summary: 'confirms what a box of a deployment says',
  act: 'deploy',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  fromWords: (words) => ({ kind: 'input', value: typed(words) }),
  run,
});

/** What is typed after the number is the name of the box, which nobody reads as words of a command. */
function typed(words: Words): { deployment: number; box: string } {
  const [first = '', ...rest] = words.said;
  if (rest.length === 0 || !/^#?\d{1,9}$/u.test(first)) {
    const deployment = theNumber(words, 'tick');
    throw new UserError(
      `Say which box is confirmed, as in \`/forge tick #${deployment} Stakeholders are told\`. The message of #${deployment} lists them. Nothing was done.`,
    );
  }
  const because = words.why === undefined ? [] : ['because', words.why];
  return { deployment: Number(first.replace('#', '')), box: [...rest, ...because].join(' ') };
}

async function run({ deployment, box, of }: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const request = { deployment, box, ...given({ of }) };
  await asVoter(asking, (member) => forge.tick(request, { member, caller }));
  const text = `You confirmed ${quoted(box, 200)} of #${deployment}.`;
  return { kind: 'private', message: plainMessage(text) };
}
