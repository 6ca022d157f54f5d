import { z } from 'zod';
import { defineCommand } from './command.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { answerQuestion } from './resume.ts';
import { Seen } from './seen.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({ deployment: z.int(), ...Seen });
type Input = z.infer<typeof Input>;

export const happened = defineCommand<Input>({
  name: 'happened',
  usage: 'happened <#number>',
  summary: 'answers the question whether something was done: it was, go on after it',
  act: 'resume',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'happened', ['strategies', 'regions']);
    return { kind: 'input', value: { deployment: await numbered(words, 'happened', asking) } };
  },
  run: (input, asking) => answerQuestion(input, { happened: true }, asking),
});
