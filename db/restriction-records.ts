import type { Actor } from '../src/domain/actor.ts';
import type { RestrictionEvent } from '../src/domain/restriction-event.ts';
import type { RestrictionRecord } from '../src/ports/restrictions.ts';
import type { Database } from './database.ts';
import { asc, eq } from './drizzle.ts';
import { restrictionEvent } from './schema.sqlite.ts';

type Record = { restriction: string; version: number; by: Actor; why?: string; event: RestrictionEvent };

/** Appends to the audit trail of a freeze or a lock; the version is one that it has not had. */
export function recordRestriction({ orm }: Pick<Database, 'orm'>, record: Record, at: number): void {
  const { restriction, version, by, why, event } = record;
  orm
    .insert(restrictionEvent)
    .values({ restriction, version, at, data: event, by, why: why ?? null })
    .run();
}

export function readRestrictionRecords({ orm }: Pick<Database, 'orm'>, id: string): RestrictionRecord[] {
  const rows = orm.select().from(restrictionEvent).where(eq(restrictionEvent.restriction, id));
  return rows
    .orderBy(asc(restrictionEvent.version))
    .all()
    .map(({ restriction, version, at, data, by, why }) => ({
      ...{ restriction, version, at, by, event: data },
      ...(why === null ? {} : { why }),
    }));
}

/** The number in an id such as `F3`; 0, which nothing has, for what is none. */
export function numberIn(id: string, letter: 'F' | 'L' | 'R' | 'S' | 'P' | 'H'): number {
  const digits = new RegExp(`^${letter}(\\d{1,9})$`, 'u').exec(id)?.[1];
  return digits === undefined ? 0 : Number(digits);
}
