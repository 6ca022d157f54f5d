import { z } from 'zod';
import { plainMessage } from '../views/blocks.ts';
import { defineCommand } from './command.ts';
import { placeOfShipment, ShipmentId, theShipment } from './shipment-words.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({
  shipment: ShipmentId,
  /** The commit the person saw. Absent: whatever it is. */
  head: z.string().optional(),
});
type Input = z.infer<typeof Input>;

export const merge = defineCommand<Input>({
  name: 'merge',
  usage: 'merge <S-number>',
  summary: 'merges the pull request of a shipped branch, and has it deployed',
  act: 'ship',
  place: ({ shipment }, forge) => placeOfShipment(shipment, forge),
  input: Input,
  fromWords(words) {
    refuseUnusable(words, 'merge', ['strategies', 'regions', 'numbers']);
    return { kind: 'input', value: { shipment: theShipment(words, 'merge') } };
  },
  async run({ shipment, head }, { forge, caller }) {
    const { id } = await forge.mergeShipment({ shipment, ...(head === undefined ? {} : { head }) }, caller);
    return {
      kind: 'private',
      message: plainMessage(`${id} is being merged; its message shows how it goes on.`),
    };
  },
});
