import { z } from 'zod';
import type { Deployment } from '../src/domain/deployment.ts';
import type { LetStart } from '../src/use-cases/let-start.ts';
import { plainMessage } from '../views/blocks.ts';
import { type AnyCommand, type Asking, type Command, defineCommand, type Reply } from './command.ts';
import { fieldText } from './form-fields.ts';
import { given } from './given.ts';
import { type LetStartQuestion, letStartQuestion, Shown, shownOf } from './let-start.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({ ...Shown, why: Reason });
type Input = z.infer<typeof Input>;

type LetStartCommand = Pick<Command<Input>, 'usage' | 'summary' | 'act'> & {
  name: 'consent' | 'emergency';
  /** What is asked. Throws the `UserError` for whoever cannot answer it, or where nothing is asked. */
  question(deployment: Deployment, asking: Asking): Omit<LetStartQuestion, 'command' | 'why'>;
  /** Does it, and gives what the person is told; in markup. */
  letStart(request: LetStart, asking: Asking): Promise<string>;
};

/** A command that lets a deployment start, or go on, which would not by itself: it shows what that is before it does it. */
export function defineLetStart({ question, letStart, ...command }: LetStartCommand): AnyCommand {
  const { name } = command;
  return defineCommand<Input>({
    ...command,
    place: ({ deployment }, forge) => placeOf(deployment, forge),
    input: Input,
    async fromWords(words, asking) {
      refuseUnusable(words, name, ['strategies', 'regions']);
      const deployment = await numbered(words, name, asking);
      return { kind: 'input', value: { deployment, ...given({ why: words.why }) } };
    },
    fromForm: (values, hidden) => ({ ...shownOf(hidden), ...given({ why: fieldText(values, 'why') }) }),
    async run({ deployment, digest, why }, asking): Promise<Reply> {
      if (digest !== undefined) {
        const text = await letStart({ deployment, digest, ...given({ why }) }, asking);
        return { kind: 'private', message: plainMessage(text) };
      }
      const state = await asking.forge.deployment(deployment);
      return letStartQuestion(state, { command: name, why, ...question(state, asking) }, asking.forge);
    },
  });
}
