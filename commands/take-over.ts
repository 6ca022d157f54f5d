import { z } from 'zod';
import { requireLeavable, staleness } from '../src/domain/decisions.ts';
import { plainMessage } from '../views/blocks.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { Seen, seenOf } from './seen.ts';
import { notAsSeen } from './steering.ts';
import { refuseUnusable } from './unusable-words.ts';
import { theNumber } from './words.ts';

const Input = z.strictObject({ deployment: z.int(), ...Seen, why: Reason });
type Input = z.infer<typeof Input>;

export const takeOver = defineCommand<Input>({
  name: 'takeover',
  usage: 'takeover <#number> [because …]',
  summary: 'where Forge does not get on: it stops trying, leaves the service as it is, and you answer for it',
  act: 'take-over',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  fromWords(words) {
    refuseUnusable(words, 'takeover', ['strategies', 'regions']);
    const why = words.why === undefined ? {} : { why: words.why };
    return { kind: 'input', value: { deployment: theNumber(words, 'takeover'), ...why } };
  },
  run,
});

async function run(input: Input, { forge, caller }: Asking): Promise<Reply> {
  const seen = seenOf(input);
  const deployment = await forge.deployment(input.deployment);
  requireLeavable(deployment);
  const stale = seen === undefined ? undefined : staleness(deployment, seen);
  if (stale !== undefined) throw notAsSeen(deployment, stale);
  const why = input.why === undefined ? {} : { why: input.why };
  const { number } = await forge.takeOver({ deployment: input.deployment, ...why }, caller);
  const text = `#${number} is yours: Forge has stopped trying and leaves the service as it is. What runs there is NOT confirmed; \`/forge status\` shows it.`;
  return { kind: 'private', message: plainMessage(text) };
}
