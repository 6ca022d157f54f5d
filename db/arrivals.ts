import { z } from 'zod';
import type { Json } from '../src/domain/json.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Arrival, Store } from '../src/ports/store.ts';
import type { Database } from './database.ts';
import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, sql } from './drizzle.ts';
import { arrival } from './schema.sqlite.ts';
import { createWriteGroup } from './write-group.ts';

type Kept = { id: string; kind: string; payload: Json };
type Waiting = { arrival: Kept; resolve: (isNew: boolean) => void; reject: (error: unknown) => void };

const OpenedBy = z.object({ userId: z.string() });

type Arrivals = Pick<
  Store,
  'keepArrival' | 'beginArrival' | 'finishArrival' | 'openArrivals' | 'openedHome' | 'purgeArrivals'
>;

export function createArrivals(database: Database, clock: Clock): Arrivals {
  const { orm } = database;
  let waiting: Waiting[] = [];
  // Many are begun and ended at once; a wait for the disk of its own for each would hold up the next acknowledgements.
  const write = createWriteGroup(database, { guard: () => undefined, patience: 'tick' });

  function keepAll(): void {
    const group = waiting;
    waiting = [];
    try {
      const areNew = database.write(() => group.map((one) => keep(database, one.arrival, clock.now())));
      for (const [index, one] of group.entries()) one.resolve(areNew[index] === true);
    } catch (error) {
      for (const one of group) one.reject(error);
    }
  }

  return {
    keepArrival: (kept) =>
      new Promise((resolve, reject) => {
        waiting.push({ arrival: kept, resolve, reject });
        if (waiting.length === 1) setImmediate(keepAll);
      }),

    beginArrival: (id) =>
      write(() => {
        const [row] = orm
          .update(arrival)
          .set({ attempts: sql`${arrival.attempts} + 1` })
          .where(and(eq(arrival.id, id), isNull(arrival.finishedAt)))
          .returning()
          .all();
        return row && toArrival(row);
      }),

    finishArrival: (id, outcome) => write(() => finishArrival(database, { id, outcome, at: clock.now() })),

    async openArrivals() {
      const open = orm.select().from(arrival).where(isNull(arrival.finishedAt));
      return open.orderBy(asc(arrival.receivedAt), asc(sql`rowid`)).all().map(toArrival);
    },

    async openedHome(since) {
      const opened = orm.select({ payload: arrival.payload }).from(arrival);
      const rows = opened.where(and(eq(arrival.kind, 'home-opened'), gte(arrival.receivedAt, since))).all();
      return [
        ...new Set(rows.flatMap(({ payload }) => OpenedBy.safeParse(payload.value).data?.userId ?? [])),
      ];
    },

    async purgeArrivals({ before, limit }) {
      const isOld = and(isNotNull(arrival.finishedAt), lt(arrival.finishedAt, before));
      const old = orm.select({ id: arrival.id }).from(arrival).where(isOld).limit(limit);
      return orm.delete(arrival).where(inArray(arrival.id, old)).run().changes;
    },
  };
}

/** The first outcome stays. */
export function finishArrival({ orm }: Database, end: { id: string; outcome: string; at: number }): void {
  orm
    .update(arrival)
    .set({ finishedAt: end.at, outcome: end.outcome })
    .where(and(eq(arrival.id, end.id), isNull(arrival.finishedAt)))
    .run();
}

export function isFinishedArrival({ orm }: Pick<Database, 'orm'>, id: string): boolean {
  const row = orm.select({ finishedAt: arrival.finishedAt }).from(arrival).where(eq(arrival.id, id)).get();
  return row !== undefined && row.finishedAt !== null;
}

function keep({ orm }: Database, kept: Kept, receivedAt: number): boolean {
  const { id, kind, payload } = kept;
  const written = orm
    .insert(arrival)
    .values({ id, kind, payload: { value: payload }, receivedAt })
    .onConflictDoNothing()
    .run();
  return written.changes > 0;
}

function toArrival(row: typeof arrival.$inferSelect): Arrival {
  const { id, kind, payload, receivedAt, attempts } = row;
  return { id, kind, payload: payload.value ?? null, receivedAt, attempts };
}
