import type { z } from 'zod';
import type { Columns } from './columns.ts';
import { loadPostgresCore } from './drizzle.ts';

const { bigint, boolean, customType, index, integer, pgTable, primaryKey, text, uniqueIndex } =
  loadPostgresCore();

/** `json`, not `jsonb`: a job must find the keys of a journaled value in the order it made them. */
function json(name: string, schema: z.ZodType) {
  return customType<{ data: unknown; driverData: unknown }>({
    dataType: () => 'json',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (stored) => schema.parse(stored),
  })(name);
}

const postgresColumns: unknown = {
  table: pgTable,
  text: (name: string) => text(name),
  int: (name: string) => integer(name),
  ms: (name: string) => bigint(name, { mode: 'number' }),
  bool: (name: string) => boolean(name),
  json,
  index,
  unique: uniqueIndex,
  primaryKey,
};

/** The same kinds of column for Postgres. Their types are SQLite's: drizzle has none that fit both dialects. */
export function asColumns(): Columns {
  return postgresColumns as Columns;
}
