import { z } from 'zod';
import { plainMessage } from '../views/blocks.ts';
import { defineCommand } from './command.ts';
import { placeOfShipment, ShipmentId, theShipment } from './shipment-words.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({ shipment: ShipmentId, head: z.string().optional() });
type Input = z.infer<typeof Input>;

export const recheck = defineCommand<Input>({
  name: 'recheck',
  usage: 'recheck <S-number>',
  summary: 'tries again what did not work of a shipped branch',
  act: 'ship',
  place: ({ shipment }, forge) => placeOfShipment(shipment, forge),
  input: Input,
  fromWords(words) {
    refuseUnusable(words, 'recheck', ['strategies', 'regions', 'numbers']);
    return { kind: 'input', value: { shipment: theShipment(words, 'recheck') } };
  },
  async run({ shipment, head }, { forge, caller }) {
    const { id } = await forge.retryShipment({ shipment, ...(head === undefined ? {} : { head }) }, caller);
    return { kind: 'private', message: plainMessage(`${id} is tried again; its message shows how it goes.`) };
  },
});
