import { z } from 'zod';
import type { AutomaticHold, Followed } from '../src/domain/automatic.ts';
import { FOLLOWED } from '../src/domain/automatic.ts';
import { type Automatics, ToFollow } from '../src/ports/automatic.ts';
import type { Database } from './database.ts';
import { and, asc, desc, eq, inArray, isNull, ne, sql } from './drizzle.ts';
import { numberIn } from './restriction-records.ts';
import { automaticHold, followed, run, seenRefs, toldPush } from './schema.sqlite.ts';

const Outcome = z.enum(FOLLOWED);

export function createAutomatics({ orm }: Pick<Database, 'orm'>): Automatics {
  return {
    async nextFollowed() {
      const last = sql<number | null>`max(${followed.number})`;
      return `P${(orm.select({ last }).from(followed).get()?.last ?? 0) + 1}`;
    },
    async followed(id) {
      const row = orm
        .select()
        .from(followed)
        .where(eq(followed.number, numberIn(id, 'P')))
        .get();
      return row && toFollowed(row);
    },
    async lastFollowed(at) {
      const rows = orm.select().from(followed).where(isOfRef(at));
      const row = rows.orderBy(desc(followed.number)).limit(1).get();
      return row && toFollowed(row);
    },
    async lastRead(at) {
      const rows = orm
        .select()
        .from(followed)
        .where(and(isOfRef(at), isRead));
      const row = rows.orderBy(desc(followed.number)).limit(1).get();
      return row && toFollowed(row);
    },
    async followedIn(place) {
      const newest = orm
        .select({ number: sql<number>`max(${followed.number})` })
        .from(followed)
        .where(and(isIn(followed, place), isRead))
        .groupBy(followed.ref);
      const rows = orm.select().from(followed).where(inArray(followed.number, newest));
      return rows.orderBy(asc(followed.number)).all().map(toFollowed);
    },
    async toFollow({ service, environment }) {
      const isOpen = and(eq(run.job, 'follow'), inArray(run.status, ['queued', 'active']));
      const rows = orm.select({ input: run.input }).from(run).where(isOpen).orderBy(asc(run.position)).all();
      // One that cannot be read says so when its turn comes.
      const read = rows.flatMap(({ input }) => ToFollow.safeParse(input.value).data ?? []);
      return read.filter((one) => one.service === service && one.environment === environment);
    },
    async automaticHold(place) {
      const row = orm
        .select()
        .from(automaticHold)
        .where(and(isIn(automaticHold, place), isNull(automaticHold.endedAt)))
        .get();
      return row && toHold(row);
    },
    async hold(id) {
      const row = orm
        .select()
        .from(automaticHold)
        .where(eq(automaticHold.number, numberIn(id, 'H')))
        .get();
      return row && toHold(row);
    },
    async automaticHolds() {
      const rows = orm.select().from(automaticHold).where(isNull(automaticHold.endedAt));
      return rows.orderBy(asc(automaticHold.number)).all().map(toHold);
    },
    async seenRefs(repository) {
      return orm.select().from(seenRefs).where(eq(seenRefs.repository, repository)).get()?.refs;
    },
    async toldPush({ repository, ref, commit }) {
      const isOne = and(
        eq(toldPush.repository, repository),
        eq(toldPush.ref, ref),
        eq(toldPush.commit, commit),
      );
      const row = orm.select().from(toldPush).where(isOne).get();
      if (row === undefined) return undefined;
      const { login, email } = row;
      return { repository, ref, commit, ...(login !== null && { login }), ...(email !== null && { email }) };
    },
  };
}

const isRead = ne(followed.commit, '');

type PlaceColumns = typeof followed | typeof automaticHold;

function isIn(table: PlaceColumns, place: { service: string; environment: string }) {
  return and(eq(table.service, place.service), eq(table.environment, place.environment));
}

export function isOfRef({ ref, ...place }: { service: string; environment: string; ref: string }) {
  return and(isIn(followed, place), eq(followed.ref, ref));
}

function toFollowed(row: typeof followed.$inferSelect): Followed {
  const { number, service, environment, ref, commit, says, deployment, login, at } = row;
  return {
    ...{ id: `P${number}`, service, environment, ref, commit, at },
    outcome: Outcome.parse(row.outcome),
    ...(says === null ? {} : { says }),
    ...(deployment === null ? {} : { deployment }),
    ...(login === null ? {} : { login }),
  };
}

function toHold(row: typeof automaticHold.$inferSelect): AutomaticHold {
  const { number, service, environment, deployment, by, why, at, endedAt, endedBy, endedWhy } = row;
  const said = endedWhy === null ? {} : { why: endedWhy };
  return {
    ...{ id: `H${number}`, service, environment, by, at },
    ...(deployment === null ? {} : { deployment }),
    ...(why === null ? {} : { why }),
    ...(endedAt === null || endedBy === null ? {} : { ended: { at: endedAt, by: endedBy, ...said } }),
  };
}
