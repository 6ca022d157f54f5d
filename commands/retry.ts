import { retryOf } from '../src/domain/check-answers.ts';
import { plainMessage } from '../views/blocks.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { placeOf } from './place-of.ts';
import { asSeen, Steered, steeredFromWords } from './steering.ts';

export const retry = defineCommand<Steered>({
  name: 'retry',
  usage: 'retry <#number>',
  summary: 'has a check or a build that failed tried again',
  act: 'deploy',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Steered,
  fromWords: (words, asking) => steeredFromWords(words, 'retry', asking),
  run,
});

async function run(input: Steered, { forge, caller }: Asking): Promise<Reply> {
  const before = await forge.retry(await asSeen(input, forge), caller);
  const event = retryOf(before);
  const what = event.type === 'build-retried' ? 'built' : 'checked';
  const text = `#${before.number} is ${what} again. Its message shows how that goes.`;
  return { kind: 'private', message: plainMessage(text) };
}
