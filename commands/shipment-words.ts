import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import type { ActPlace } from '../src/domain/people-policy.ts';
import type { Forge } from '../src/forge.ts';
import { shown } from './shown.ts';
import type { Words } from './words.ts';

/** `S12`. */
export const ShipmentId = z.string().regex(/^S\d{1,9}$/u);

/** The one shipment that was named. Throws a `UserError` when there is none or more than one. */
export function theShipment({ rest }: Words, command: string): string {
  const named = [
    ...new Set(rest.map((word) => word.toUpperCase()).filter((word) => /^S\d{1,9}$/u.test(word))),
  ];
  const other = rest.find((word) => !/^S\d{1,9}$/iu.test(word));
  if (other !== undefined) {
    throw new UserError(
      `Nothing was done: “${shown(other)}” is no shipment. Type its number, like \`/forge ${command} S12\`.`,
    );
  }
  const [shipment, another] = named;
  if (shipment !== undefined && another === undefined) return shipment;
  throw new UserError(
    `Which shipment? Name one, like \`/forge ${command} S12\`; its message says its number.`,
  );
}

/** Where somebody must be allowed to ship for it. */
export async function placeOfShipment(id: string, forge: Forge): Promise<ActPlace> {
  const { service, environment } = await forge.shipment(id);
  return { service, ...(environment === undefined ? {} : { environment }) };
}
