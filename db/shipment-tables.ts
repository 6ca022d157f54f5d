import { Actor } from '../src/domain/actor.ts';
import { ShipmentEvent } from '../src/domain/shipment-event.ts';
import type { Columns } from './columns.ts';
import { sql } from './drizzle.ts';

/** Branches on their way to what runs. */
export function shipmentTables(c: Columns) {
  /** A projection of the events, for finding shipments; the events are the truth. */
  const shipment = c.table(
    'shipment',
    {
      number: c.int('number').primaryKey(),
      service: c.text('service').notNull(),
      repository: c.text('repository').notNull(),
      branch: c.text('branch').notNull(),
      phase: c.text('phase').notNull(),
      eventVersion: c.int('event_version').notNull(),
      requestedAt: c.ms('requested_at').notNull(),
      endedAt: c.ms('ended_at'),
      /** Version of the last event that its message shows. */
      publishedVersion: c.int('published_version').notNull().default(0),
    },
    (t) => [c.unique('shipment_one_of_a_branch').on(t.repository, t.branch).where(sql`${t.endedAt} is null`)],
  );

  const shipmentEvent = c.table(
    'shipment_event',
    {
      shipment: c.int('shipment').notNull(),
      version: c.int('version').notNull(),
      at: c.ms('at').notNull(),
      type: c.text('type').notNull(),
      data: c.json('data', ShipmentEvent).notNull(),
      by: c.json('by', Actor).notNull(),
      why: c.text('why'),
    },
    (t) => [c.primaryKey({ columns: [t.shipment, t.version] })],
  );

  /** What should stand in Slack about them. */
  const shipmentPost = c.table(
    'shipment_post',
    {
      id: c.text('id').primaryKey(),
      shipment: c.int('shipment').notNull(),
      event: c.int('event').notNull(),
      state: c.text('state').notNull(),
      channel: c.text('channel').notNull(),
      ts: c.text('ts'),
      permalink: c.text('permalink'),
      attempts: c.int('attempts').notNull().default(0),
      notBefore: c.ms('not_before').notNull().default(0),
      problem: c.text('problem'),
    },
    (t) => [
      c.index('shipment_post_by_shipment').on(t.shipment, t.event),
      c.index('shipment_post_open').on(t.notBefore).where(sql`${t.state} in ('pending', 'sending')`),
    ],
  );

  return { shipment, shipmentEvent, shipmentPost };
}
