import type { Shipment } from '../../src/domain/shipment.ts';
import type { Message } from '../../src/ports/chat.ts';
import type { ShipmentPost } from '../../src/ports/shipments.ts';
import type { createPostBudget } from './post-budget.ts';
import type { Publisher } from './publisher.ts';
import { refusedPart } from './refusal.ts';

/** Pause after an edit that may not have worked out. Milliseconds. */
const EDIT_PAUSE = 2_000;
/** Pause while Slack refuses whatever Forge sends. Milliseconds. */
const SHUT_OUT_PAUSE = 60_000;

/** What this process knows of what Slack shows of shipments, and when they may be touched again. Forgotten with the process, which harms nothing. */
export type ShipmentPace = {
  posts: ReturnType<typeof createPostBudget>;
  /** When a shipment may be touched again: milliseconds since the epoch. */
  notBefore: Map<string, number>;
  /** Version that a message is known to show, by post. */
  shown: Map<string, number>;
};

/** Brings a posted message up to what is so now. False: its thread must wait for it. */
export async function editShipment(
  shipment: Shipment,
  main: ShipmentPost,
  message: Message,
  { store, chat, clock, log }: Publisher,
  pace: ShipmentPace,
): Promise<boolean> {
  const { id, channel, ts } = main;
  if (ts === undefined) throw new Error(`The message of ${shipment.id} was sent without a timestamp`);
  const result = await chat.update({ channel, ts, message });
  switch (result.kind) {
    case 'done':
      pace.shown.set(id, shipment.version);
      await store.markShipmentPublished(shipment.id, shipment.version);
      return true;
    case 'limited':
      pace.notBefore.set(shipment.id, clock.now() + result.retryAfterMs);
      return false;
    case 'unclear':
      pace.notBefore.set(shipment.id, clock.now() + EDIT_PAUSE);
      return false;
    case 'unsupported-block':
      pace.shown.set(id, shipment.version);
      await store.markShipmentPublished(shipment.id, shipment.version);
      return true;
    case 'refused': {
      const problem = `${result.code}: ${result.detail}`;
      log.error('An edit of a shipment’s message was refused', { shipment: shipment.id, problem });
      const part = refusedPart(result.code);
      if (part === 'forge') pace.notBefore.set(shipment.id, clock.now() + SHUT_OUT_PAUSE);
      if (part === 'message' || part === 'channel') {
        await store.updateShipmentPost(id, { state: 'dropped', problem });
      }
      if (part !== 'content') return false;
      // The same content would be refused again: the next event brings another.
      pace.shown.set(id, shipment.version);
      await store.markShipmentPublished(shipment.id, shipment.version);
      return true;
    }
  }
}
