import { plainMessage } from '../views/blocks.ts';
import { movesTraffic } from '../views/promotion.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { placeOf } from './place-of.ts';
import { asSeen, Steered, steeredFromWords } from './steering.ts';

export const pause = defineCommand<Steered>({
  name: 'pause',
  usage: 'pause <#number> [because …]',
  summary: 'stops a deployment before its next step; gates and automatic rollback stay on',
  act: 'pause',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Steered,
  fromWords: (words, asking) => steeredFromWords(words, 'pause', asking),
  run,
});

async function run(input: Steered, { forge, caller }: Asking): Promise<Reply> {
  const deployment = await forge.pause(await asSeen(input, forge), caller);
  const { number } = deployment;
  const meanwhile = movesTraffic(deployment)
    ? 'Gates stay on: a release that goes bad is rolled back all the same.'
    : 'A release that turns out bad is taken back all the same.';
  const text = `#${number} is paused: it does not go on to its next step until somebody types \`/forge resume #${number}\` or presses Resume. ${meanwhile}`;
  return { kind: 'private', message: plainMessage(text) };
}
