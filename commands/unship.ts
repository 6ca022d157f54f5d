import { z } from 'zod';
import { plainMessage } from '../views/blocks.ts';
import { defineCommand } from './command.ts';
import { given } from './given.ts';
import { Reason } from './reason.ts';
import { placeOfShipment, ShipmentId, theShipment } from './shipment-words.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({ shipment: ShipmentId, why: Reason });
type Input = z.infer<typeof Input>;

export const unship = defineCommand<Input>({
  name: 'unship',
  usage: 'unship <S-number> [because …]',
  summary: 'stops shipping a branch before it is merged; its pull request stays open',
  act: 'ship',
  place: ({ shipment }, forge) => placeOfShipment(shipment, forge),
  input: Input,
  fromWords(words) {
    refuseUnusable(words, 'unship', ['strategies', 'regions', 'numbers']);
    return { kind: 'input', value: { shipment: theShipment(words, 'unship'), ...given({ why: words.why }) } };
  },
  async run({ shipment, why }, { forge, caller }) {
    const { id, pull } = await forge.cancelShipment({ shipment, ...given({ why }) }, caller);
    const stays = pull === undefined ? '' : ` Pull request ${pull.number} stays open.`;
    return { kind: 'private', message: plainMessage(`${id} is stopped. Nothing was merged.${stays}`) };
  },
});
