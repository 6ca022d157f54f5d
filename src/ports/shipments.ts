import type { Actor } from '../domain/actor.ts';
import type { Shipment } from '../domain/shipment.ts';
import type { RecordedShipmentEvent, ShipmentEvent } from '../domain/shipment-event.ts';
import type { Post } from './store.ts';

/** What is written about shipments. Nothing is ever deleted. */
export type ShipmentChange = {
  kind: 'append-shipment';
  shipment: string;
  /**
   * Version it must have now (0 = it must not exist). Another version is a conflict, and so is a second shipment of a branch
   * whose first is not over.
   */
  expect: number;
  events: readonly ShipmentEvent[];
  by: Actor;
  why?: string;
};

/** A message Forge wants in Slack about a shipment: `S12` its own, `S12/7` the thread line of its event 7. */
export type ShipmentPost = Omit<Post, 'deployment'> & {
  shipment: string;
  /** Link to it, once it is known. */
  permalink?: string;
};

export type Shipments = {
  /** The id the next one would get; claim it by appending with `expect: 0`. */
  nextShipment(): Promise<string>;
  shipment(id: string): Promise<Shipment | undefined>;
  shipmentEvents(id: string): Promise<RecordedShipmentEvent[]>;
  /** The newest of a branch, over or not. */
  lastShipment(of: { repository: string; branch: string }): Promise<Shipment | undefined>;
  /** Not over, the oldest first. */
  openShipments(filter?: { repository?: string; branch?: string }): Promise<Shipment[]>;
  /** Whose message or thread lags behind their events, or has something left to post by now (milliseconds since the epoch). */
  shipmentsToPublish(now: number): Promise<string[]>;
  shipmentPosts(id: string): Promise<ShipmentPost[]>;
  /** Inserts posts that do not exist yet; idempotent by id. */
  addShipmentPosts(
    posts: readonly Pick<ShipmentPost, 'id' | 'shipment' | 'event' | 'channel'>[],
  ): Promise<void>;
  updateShipmentPost(
    id: string,
    change: Partial<Omit<ShipmentPost, 'id' | 'shipment' | 'event'>>,
  ): Promise<void>;
  /** Records that the message shows the shipment as of this version. */
  markShipmentPublished(id: string, version: number): Promise<void>;
};
