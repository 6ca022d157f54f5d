import { z } from 'zod';
import type { ShipmentPost, Shipments } from '../src/ports/shipments.ts';
import type { Database } from './database.ts';
import { asc, eq, sql } from './drizzle.ts';
import { numberIn } from './restriction-records.ts';
import { shipment, shipmentPost } from './schema.sqlite.ts';

const State = z.enum(['pending', 'sending', 'sent', 'closed', 'dropped']) satisfies z.ZodType<
  ShipmentPost['state']
>;

type Posts = Pick<
  Shipments,
  'shipmentsToPublish' | 'shipmentPosts' | 'addShipmentPosts' | 'updateShipmentPost' | 'markShipmentPublished'
>;

export function createShipmentPosts(database: Database): Posts {
  const { orm } = database;
  return {
    async shipmentsToPublish(now) {
      const isBehind = sql`${shipment.eventVersion} > ${shipment.publishedVersion}`;
      return orm
        .select({ number: shipment.number })
        .from(shipment)
        .where(sql`${isBehind} or ${hasPostToSend(now)}`)
        .orderBy(asc(shipment.number))
        .all()
        .map(({ number }) => `S${number}`);
    },

    async shipmentPosts(id) {
      const rows = orm
        .select()
        .from(shipmentPost)
        .where(eq(shipmentPost.shipment, numberIn(id, 'S')));
      return rows.orderBy(asc(shipmentPost.event), asc(shipmentPost.id)).all().map(toPost);
    },

    async addShipmentPosts(posts) {
      database.write(() => {
        for (const { id, shipment: of, event, channel } of posts)
          orm
            .insert(shipmentPost)
            .values({ id, shipment: numberIn(of, 'S'), event, channel, state: 'pending' })
            .onConflictDoNothing()
            .run();
      });
    },

    async updateShipmentPost(id, change) {
      const { state, channel, ts, permalink, attempts, notBefore, problem } = change;
      const values = { state, channel, ts, permalink, attempts, notBefore, problem };
      const given = Object.entries(values).filter(([, value]) => value !== undefined);
      if (given.length === 0) return;
      const set = Object.fromEntries(given);
      const written = orm.update(shipmentPost).set(set).where(eq(shipmentPost.id, id)).run();
      if (written.changes === 0) throw new Error(`There is no post ${id} to update`);
    },

    async markShipmentPublished(id, version) {
      orm
        .update(shipment)
        .set({ publishedVersion: version })
        .where(eq(shipment.number, numberIn(id, 'S')))
        .run();
    },
  };
}

function hasPostToSend(now: number) {
  return sql`exists (select 1 from ${shipmentPost} where ${shipmentPost.shipment} = ${shipment.number} and ${shipmentPost.state} in ('pending', 'sending') and ${shipmentPost.notBefore} <= ${now})`;
}

function toPost(row: typeof shipmentPost.$inferSelect): ShipmentPost {
  const { id, shipment: of, event, channel, ts, permalink, attempts, notBefore, problem } = row;
  return {
    ...{ id, shipment: `S${of}`, event, channel, attempts, notBefore },
    state: State.parse(row.state),
    ...(ts === null ? {} : { ts }),
    ...(permalink === null ? {} : { permalink }),
    ...(problem === null ? {} : { problem }),
  };
}
