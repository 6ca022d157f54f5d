import { type Freeze, isAhead } from '../src/domain/freeze.ts';
import type { RestrictionChange } from '../src/ports/restrictions.ts';
import type { Database } from './database.ts';
import { and, asc, eq, gt, isNull, sql } from './drizzle.ts';
import { Refusal } from './refusal.ts';
import { numberIn, recordRestriction } from './restriction-records.ts';
import { freeze } from './schema.sqlite.ts';

type Place = Extract<RestrictionChange, { kind: 'place-freeze' }>;
type Lift = Extract<RestrictionChange, { kind: 'lift-freeze' }>;

export function nextFreeze({ orm }: Pick<Database, 'orm'>): string {
  const row = orm
    .select({ last: sql<number | null>`max(${freeze.number})` })
    .from(freeze)
    .get();
  return `F${(row?.last ?? 0) + 1}`;
}

export function readFreeze({ orm }: Pick<Database, 'orm'>, id: string): Freeze | undefined {
  const row = orm
    .select()
    .from(freeze)
    .where(eq(freeze.number, numberIn(id, 'F')))
    .get();
  return row && toFreeze(row);
}

export function readFreezesAhead({ orm }: Pick<Database, 'orm'>, at: number): Freeze[] {
  const rows = orm
    .select()
    .from(freeze)
    .where(and(isNull(freeze.liftedAt), gt(freeze.until, at)));
  return rows.orderBy(asc(freeze.from), asc(freeze.number)).all().map(toFreeze);
}

/** Throws a `Refusal` when another freeze took the id first. */
export function placeFreeze(database: Database, { freeze: placed, by }: Place, at: number): void {
  const { id, scope, owner, reason, from, until } = placed;
  const row = { number: numberIn(id, 'F'), owner, reason, from, until, placedAt: at };
  const written = database.orm
    .insert(freeze)
    .values({ ...row, services: scope.services ?? null, environments: scope.environments ?? null })
    .onConflictDoNothing()
    .run();
  if (written.changes === 0) throw new Refusal(`There is a freeze ${id}`);
  const event = { type: 'freeze-placed', scope, owner, reason, from, until } as const;
  recordRestriction(database, { restriction: id, version: 1, by, event }, at);
}

/** Throws a `Refusal` when it was lifted before, or is over. */
export function liftFreeze(database: Database, { id, by, why }: Lift, at: number): void {
  const found = readFreeze(database, id);
  if (found === undefined || !isAhead(found, at)) throw new Refusal(`The freeze ${id} is over`);
  database.orm
    .update(freeze)
    .set({ liftedAt: at, liftedBy: by, liftedWhy: why ?? null })
    .where(eq(freeze.number, numberIn(id, 'F')))
    .run();
  const event = { type: 'freeze-lifted' } as const;
  const reason = why === undefined ? {} : { why };
  recordRestriction(database, { restriction: id, version: 2, by, event, ...reason }, at);
}

function toFreeze(row: typeof freeze.$inferSelect): Freeze {
  const { number, services, environments, owner, reason, from, until, placedAt } = row;
  const { liftedAt, liftedBy, liftedWhy } = row;
  const why = liftedWhy === null ? {} : { why: liftedWhy };
  return {
    id: `F${number}`,
    scope: {
      ...(services === null ? {} : { services }),
      ...(environments === null ? {} : { environments }),
    },
    ...{ owner, reason, from, until, placedAt },
    ...(liftedAt === null || liftedBy === null ? {} : { lifted: { at: liftedAt, by: liftedBy, ...why } }),
  };
}
