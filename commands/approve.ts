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

export const approve = defineCommand<Input>({
  name: 'approve',
  usage: 'approve <#number>',
  summary: 'shows what a deployment would do, and lets it go with your vote',
  // Whose vote counts is a matter of the groups that are asked, which a role alone does not say.
  act: 'read',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'approve', ['strategies', 'regions']);
    const deployment = await asking.forge.deployment(await numbered(words, 'approve', asking));
    const question = { verdict: 'approve', why: words.why } as const;
    return { kind: 'reply', reply: await voteQuestion(deployment, question, asking) };
  },
  fromForm: (values, hidden) => ({ ...votedOnFrom(hidden), ...given({ why: fieldText(values, 'why') }) }),
  run: (input, asking) => castVote(input, 'approve', asking),
});
