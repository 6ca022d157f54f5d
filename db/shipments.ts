import { evolveShipment, shipmentOf } from '../src/domain/evolve-shipment.ts';
import type { Shipment } from '../src/domain/shipment.ts';
import type { RecordedShipmentEvent } from '../src/domain/shipment-event.ts';
import type { ShipmentChange, Shipments } from '../src/ports/shipments.ts';
import type { Database } from './database.ts';
import { and, asc, desc, eq, isNull, sql } from './drizzle.ts';
import { Refusal } from './refusal.ts';
import { numberIn } from './restriction-records.ts';
import { shipment, shipmentEvent } from './schema.sqlite.ts';
import { createShipmentPosts } from './shipment-posts.ts';
import { isUniqueViolation } from './sqlite-errors.ts';

export function createShipments(database: Database): Shipments {
  const { orm } = database;
  return {
    async nextShipment() {
      const last = sql<number | null>`max(${shipment.number})`;
      return `S${(orm.select({ last }).from(shipment).get()?.last ?? 0) + 1}`;
    },
    shipment: async (id) => shipmentOf(readEvents(database, id)),
    shipmentEvents: async (id) => readEvents(database, id),
    async lastShipment({ repository, branch }) {
      const [row] = orm
        .select({ number: shipment.number })
        .from(shipment)
        .where(and(eq(shipment.repository, repository), eq(shipment.branch, branch)))
        .orderBy(desc(shipment.number))
        .limit(1)
        .all();
      return row === undefined ? undefined : shipmentOf(readEvents(database, `S${row.number}`));
    },
    async openShipments({ repository, branch } = {}) {
      const wanted = and(
        isNull(shipment.endedAt),
        repository === undefined ? undefined : eq(shipment.repository, repository),
        branch === undefined ? undefined : eq(shipment.branch, branch),
      );
      const rows = orm.select({ number: shipment.number }).from(shipment).where(wanted);
      return rows
        .orderBy(asc(shipment.number))
        .all()
        .flatMap(({ number }) => shipmentOf(readEvents(database, `S${number}`)) ?? []);
    },
    ...createShipmentPosts(database),
  };
}

/** Throws a `Refusal` where it is not as the change expects. */
export function appendShipment(database: Database, change: ShipmentChange, at: number): void {
  const { shipment: id, expect, events, by, why } = change;
  if (events.length === 0) throw new Error(`An append to ${id} has no events`);
  const before = shipmentOf(readEvents(database, id));
  if ((before?.version ?? 0) !== expect) {
    throw new Refusal(`${id} is at version ${before?.version ?? 0}, not ${expect}`);
  }
  let state = before;
  for (const [part, event] of events.entries()) {
    const recorded: RecordedShipmentEvent = {
      ...{ shipment: id, version: expect + part + 1, at, by, event },
      ...(why === undefined ? {} : { why }),
    };
    state = evolveShipment(state, recorded);
    const { version } = recorded;
    const row = { shipment: numberIn(id, 'S'), version, at, type: event.type, data: event, by };
    database.orm
      .insert(shipmentEvent)
      .values({ ...row, why: why ?? null })
      .run();
  }
  if (state === undefined) throw new Error(`${id} does not exist: its first event must be "requested"`);
  project(database, state);
}

function project({ orm }: Database, state: Shipment): void {
  const { service, repository, branch, phase, version, requestedAt, endedAt = null } = state;
  const values = {
    service,
    repository,
    branch,
    phase: phase.kind,
    eventVersion: version,
    requestedAt,
    endedAt,
  };
  try {
    orm
      .insert(shipment)
      .values({ number: numberIn(state.id, 'S'), ...values })
      .onConflictDoUpdate({ target: shipment.number, set: values })
      .run();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal(`Another shipment of ${branch} is under way`, { cause: error });
  }
}

function readEvents({ orm }: Pick<Database, 'orm'>, id: string): RecordedShipmentEvent[] {
  const rows = orm
    .select()
    .from(shipmentEvent)
    .where(eq(shipmentEvent.shipment, numberIn(id, 'S')));
  return rows
    .orderBy(asc(shipmentEvent.version))
    .all()
    .map(({ version, at, data, by, why }) => ({
      ...{ shipment: id, version, at, by, event: data },
      ...(why === null ? {} : { why }),
    }));
}
