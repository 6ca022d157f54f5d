import { z } from 'zod';
import { defineCommand } from './command.ts';
import { fieldText } from './form-fields.ts';
import { given } from './given.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { refuseUnusable } from './unusable-words.ts';
import { castVote, VotedOn, votedOnFrom } from './vote.ts';
import { voteQuestion } from './vote-question.ts';

const Input = z.strictObject({ ...VotedOn, why: Reason });
type Input = z.infer<typeof Input>;

/** Always by its form, which shows what it is about: a rejection is final. */
export const reject = defineCommand<Input>({
  name: 'reject',
  usage: 'reject <#number> [because …]',
  summary: 'says no to a deployment that needs approval, with a reason',
  act: 'read',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'reject', ['strategies', 'regions']);
    const deployment = await asking.forge.deployment(await numbered(words, 'reject', asking));
    const question = { verdict: 'reject', why: words.why } as const;
    return { kind: 'reply', reply: await voteQuestion(deployment, question, asking) };
  },
  fromForm: (values, hidden) => ({ ...votedOnFrom(hidden), ...given({ why: fieldText(values, 'why') }) }),
  misfit: ({ why }) =>
    why === undefined ? { field: 'why', message: 'Say why: who asked for it will read it.' } : undefined,
  async run(input, asking) {
    if (input.why !== undefined && input.why.trim() !== '') return castVote(input, 'reject', asking);
    return voteQuestion(await asking.forge.deployment(input.deployment), { verdict: 'reject' }, asking);
  },
});
