import { plainMessage } from '../views/blocks.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { placeOf } from './place-of.ts';
import { asSeen, Steered, steeredFromWords } from './steering.ts';

export const acknowledge = defineCommand<Steered>({
  name: 'ack',
  usage: 'ack <#number>',
  summary: 'says that you look after what does not get on: nobody is called again, Forge goes on trying',
  act: 'acknowledge',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Steered,
  fromWords: (words, asking) => steeredFromWords(words, 'ack', asking),
  run,
});

async function run(input: Steered, { forge, caller }: Asking): Promise<Reply> {
  const { number } = await forge.acknowledge(await asSeen(input, forge), caller);
  const text = `You are on #${number}: nobody is called again. Forge goes on trying; to have it stop and leave the service as it is, type \`/forge takeover #${number}\`.`;
  return { kind: 'private', message: plainMessage(text) };
}
