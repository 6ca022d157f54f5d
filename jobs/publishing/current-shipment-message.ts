import type { Shipment } from '../../src/domain/shipment.ts';
import type { ShipmentPost } from '../../src/ports/shipments.ts';
import type { Publisher } from './publisher.ts';
import { refusedPart } from './refusal.ts';

/** A message that is gone is posted afresh, but not for ever. */
const MOST_MESSAGES = 3;

/** The newest that was not dropped; made when there is none yet. Undefined: none can be made any more. */
export async function currentShipmentMessage(
  shipment: Shipment,
  { store }: Publisher,
): Promise<ShipmentPost | undefined> {
  const { id, channel, requestedBy } = shipment;
  const read = async () => (await store.shipmentPosts(id)).filter(({ event }) => event === 0);
  const messages = await read();
  const current = messages.findLast(({ state }) => state !== 'dropped');
  if (current !== undefined) return current;
  if (messages.length >= MOST_MESSAGES) return undefined;
  const isRefused = messages.some((post) => post.channel === channel && refusedChannel(post));
  const person = requestedBy.kind === 'person' ? requestedBy.userId : undefined;
  if (isRefused && person === undefined) return undefined;
  const next = messages.length === 0 ? id : `${id}~${messages.length + 1}`;
  await store.addShipmentPosts([
    { id: next, shipment: id, event: 0, channel: isRefused ? (person ?? channel) : channel },
  ]);
  return (await read()).findLast(({ state }) => state !== 'dropped');
}

function refusedChannel({ problem = '' }: ShipmentPost): boolean {
  return refusedPart(problem.split(':', 1)[0] ?? '') !== 'message';
}
