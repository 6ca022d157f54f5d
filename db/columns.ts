import type { z } from 'zod';
import { sqliteCore } from './drizzle.ts';

const { customType, index, integer, primaryKey, sqliteTable, text, uniqueIndex } = sqliteCore;

/**
 * Text that is JSON of `schema`: checked when it is written, so that what is kept can be read, and again when it is read.
 * A top-level `null` cannot be told from an absent value: wrap it.
 */
function json<Schema extends z.ZodType>(name: string, schema: Schema) {
  return customType<{ data: z.infer<Schema>; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => {
      const stored = JSON.stringify(value);
      schema.parse(JSON.parse(stored));
      return stored;
    },
    fromDriver: (stored) => schema.parse(JSON.parse(stored)),
  })(name);
}

/** The kinds of column the schema is made of, for SQLite. */
export const sqliteColumns = {
  table: sqliteTable,
  text: (name: string) => text(name),
  /** A whole number. */
  int: (name: string) => integer(name),
  /** Milliseconds, since the epoch where it is a time. */
  ms: (name: string) => integer(name),
  bool: (name: string) => integer(name, { mode: 'boolean' }),
  json,
  index,
  unique: uniqueIndex,
  primaryKey,
};

export type Columns = typeof sqliteColumns;
