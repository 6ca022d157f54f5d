import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import { plainMessage } from '../views/blocks.ts';
import { linked } from '../views/shipment-words.ts';
import { defineCommand } from './command.ts';
import { given } from './given.ts';
import { numbered } from './numbered.ts';
import { placeOf } from './place-of.ts';
import { Reason } from './reason.ts';
import { refuseUnusable } from './unusable-words.ts';
import { withBareNumbers } from './words.ts';

/** Elsewhere people call a rollback so, and that one hurries. */
const WHICH =
  'To take back in the code what a deployment brought, type its number, like `/forge revert #142`. To put back what was live, type `/forge rollback`. Nothing was done.';

const Input = z.strictObject({ deployment: z.int(), why: Reason });
type Input = z.infer<typeof Input>;

export const revert = defineCommand<Input>({
  name: 'revert',
  usage: 'revert <#number> [because …]',
  summary: 'opens the pull request that takes back what a deployment brought, and ships it',
  act: 'ship',
  place: ({ deployment }, forge) => placeOf(deployment, forge),
  input: Input,
  async fromWords(words, asking) {
    refuseUnusable(words, 'revert', ['strategies', 'regions']);
    if (withBareNumbers(words).numbers.length === 0) throw new UserError(WHICH);
    const deployment = await numbered(words, 'revert', asking);
    return { kind: 'input', value: { deployment, ...given({ why: words.why }) } };
  },
  async run({ deployment, why }, { forge, caller }) {
    const { shipment, pull } = await forge.shipRevert({ deployment, ...given({ why }) }, caller);
    const link = linked(pull.url, `Pull request ${pull.number}`);
    const text = `${link} takes back what #${deployment} brought. ${shipment} checks and follows it; merge it in its message.`;
    return { kind: 'private', message: plainMessage(text) };
  },
});
