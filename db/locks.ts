import type { Actor } from '../src/domain/actor.ts';
import { isLocked, type Lock, overlap } from '../src/domain/lock.ts';
import type { RestrictionEvent } from '../src/domain/restriction-event.ts';
import type { RestrictionChange } from '../src/ports/restrictions.ts';
import type { Database } from './database.ts';
import { and, asc, eq, gt, isNull, sql } from './drizzle.ts';
import { Refusal } from './refusal.ts';
import { numberIn, recordRestriction } from './restriction-records.ts';
import { lock } from './schema.sqlite.ts';

type Place = Extract<RestrictionChange, { kind: 'place-lock' }>;
type Changed = Extract<RestrictionChange, { expectVersion: number }>;

export function nextLock({ orm }: Pick<Database, 'orm'>): string {
  const row = orm
    .select({ last: sql<number | null>`max(${lock.number})` })
    .from(lock)
    .get();
  return `L${(row?.last ?? 0) + 1}`;
}

export function readLock({ orm }: Pick<Database, 'orm'>, id: string): Lock | undefined {
  const row = orm
    .select()
    .from(lock)
    .where(eq(lock.number, numberIn(id, 'L')))
    .get();
  return row && toLock(row);
}

export function readLocksAt({ orm }: Pick<Database, 'orm'>, at: number): Lock[] {
  const rows = orm
    .select()
    .from(lock)
    .where(and(isNull(lock.releasedAt), gt(lock.until, at)));
  return rows.orderBy(asc(lock.number)).all().map(toLock);
}

/** Throws a `Refusal` when another lock took the id first, or holds what this one would. */
export function placeLock(database: Database, { lock: placed, by }: Place, at: number): void {
  const { id, environment, service, owner, reason, until } = placed;
  const other = readLocksAt(database, at).find((one) => overlap(one, placed));
  if (other !== undefined) throw new Refusal(`${other.owner} has ${other.id} there`);
  const row = { number: numberIn(id, 'L'), environment, service: service ?? null, owner, reason, until };
  const written = database.orm
    .insert(lock)
    .values({ ...row, placedAt: at, version: 1 })
    .onConflictDoNothing()
    .run();
  if (written.changes === 0) throw new Refusal(`There is a lock ${id}`);
  const place = { environment, ...(service === undefined ? {} : { service }) };
  const event = { type: 'lock-placed', ...place, owner, reason, until } as const;
  recordRestriction(database, { restriction: id, version: 1, by, event }, at);
}

/** Throws a `Refusal` when it is over, or somebody changed it since. */
export function changeLock(database: Database, change: Changed, at: number): void {
  const found = readLock(database, change.id);
  if (found === undefined || !isLocked(found, at) || found.version !== change.expectVersion) {
    throw new Refusal(`The lock ${change.id} is not as it was at version ${change.expectVersion}`);
  }
  const version = found.version + 1;
  const { event, columns } = effectOf(change, found.owner, at);
  database.orm
    .update(lock)
    .set({ ...columns, version })
    .where(eq(lock.number, numberIn(change.id, 'L')))
    .run();
  const { id, by } = change;
  const why = 'why' in change ? { why: change.why } : {};
  recordRestriction(database, { restriction: id, version, by, event, ...why }, at);
}

type Columns = {
  owner?: string;
  until?: number;
  releasedAt?: number;
  releasedBy?: Actor;
  releasedWhy?: string | null;
};

function effectOf(change: Changed, owner: string, at: number): { event: RestrictionEvent; columns: Columns } {
  switch (change.kind) {
    case 'prolong-lock': {
      const { until } = change;
      return { event: { type: 'lock-prolonged', until }, columns: { until } };
    }
    case 'hand-over-lock': {
      const { to, until } = change;
      return {
        event: { type: 'lock-handed-over', from: owner, to, until },
        columns: { owner: to, until },
      };
    }
    case 'release-lock':
      return {
        event: { type: 'lock-released' },
        columns: { releasedAt: at, releasedBy: change.by, releasedWhy: change.why ?? null },
      };
  }
}

function toLock(row: typeof lock.$inferSelect): Lock {
  const { number, environment, service, owner, reason, placedAt, until, version } = row;
  const { releasedAt, releasedBy, releasedWhy } = row;
  const why = releasedWhy === null ? {} : { why: releasedWhy };
  const isReleased = releasedAt !== null && releasedBy !== null;
  return {
    id: `L${number}`,
    environment,
    ...(service === null ? {} : { service }),
    ...{ owner, reason, placedAt, until, version },
    ...(isReleased ? { released: { at: releasedAt, by: releasedBy, ...why } } : {}),
  };
}
