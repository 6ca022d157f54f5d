import { z } from 'zod';
import { plainMessage } from '../views/blocks.ts';
import { reviewForm } from '../views/review.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { fieldText } from './form-fields.ts';
import { given } from './given.ts';
import { otherVersion } from './other-version.ts';
import { placeOf } from './place-of.ts';
import { LONGEST_REASON } from './typed.ts';
import { theNumber, type Words } from './words.ts';

const Text = z
  .string()
  .max(
    LONGEST_REASON,
    `A review has at most ${LONGEST_REASON} characters. Shorten it, and link to the rest.`,
  );
const Input = z.strictObject({ deployment: z.int(), text: Text.optional() });
type Input = z.infer<typeof Input>;
const Hidden = z.strictObject({ deployment: z.int() });

export const review = defineCommand<Input>({
  name: 'review',
  usage: 'review <#number> [what happened …]',
  summary: 'writes the review that an emergency left due',
  act: 'review',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  fromWords: (words) => ({ kind: 'input', value: typed(words) }),
  fromForm: (values, hidden) => {
    const parsed = Hidden.safeParse(hidden);
    if (!parsed.success) throw otherVersion('form', parsed.error);
    return { ...parsed.data, text: fieldText(values, 'text') ?? '' };
  },
  run,
});

/** What is typed after the number is the review itself, which nobody reads as words of a command. */
function typed(words: Words): { deployment: number; text?: string } {
  const [first = '', ...rest] = words.said;
  if (rest.length === 0 || !/^#?\d{1,9}$/u.test(first)) {
    return { deployment: theNumber(words, 'review'), ...given({ text: words.why }) };
  }
  const because = words.why === undefined ? [] : ['because', words.why];
  return { deployment: Number(first.replace('#', '')), text: [...rest, ...because].join(' ') };
}

async function run({ deployment, text }: Input, { forge, caller }: Asking): Promise<Reply> {
  if (text === undefined) {
    const state = await forge.deployment(deployment);
    forge.requireReviewDue(state);
    const otherwise = plainMessage(
      `Slack did not let Forge open a form. Type \`/forge review #${deployment} because …\` instead.`,
    );
    return { kind: 'form', form: reviewForm(state), otherwise };
  }
  const { number } = await forge.review({ deployment, text }, caller);
  return { kind: 'private', message: plainMessage(`The review of #${number} is kept. Thank you.`) };
}
