import type { Database } from '../../db/database.ts';

/** How much room a write needs that the disk has not: more than any page that is left in the file. Bytes. */
const TOO_MUCH = 100_000_000;

/** How the disk of a test is doing. */
export type Disk = { readonly writes: number; readonly refused: number };

/**
 * A database whose disk is full from its `fullAt`th write on, for `refusals` writes. It is SQLite that refuses: what
 * was to be written needs more pages than the file may have, and the whole transaction is undone.
 */
export function onFullDisk(
  database: Database,
  { fullAt, refusals }: { fullAt: number; refusals: number },
): { database: Database; disk: Disk } {
  const disk = { writes: 0, refused: 0 };
  let depth = 0;

  function write<Result>(work: () => Result): Result {
    if (depth > 0) return database.write(work);
    disk.writes += 1;
    const isFull = disk.writes >= fullAt && disk.refused < refusals;
    depth += 1;
    try {
      return database.write(() => {
        const result = work();
        if (isFull) useUp(database);
        return result;
      });
    } catch (error) {
      if (isFull) disk.refused += 1;
      throw error;
    } finally {
      depth -= 1;
    }
  }

  return { database: { ...database, write }, disk };
}

function useUp({ orm }: Database): void {
  orm.get('PRAGMA max_page_count = 1');
  try {
    orm.run(
      `INSERT INTO arrival (id, kind, payload, received_at) VALUES ('filler', 'filler', zeroblob(${TOO_MUCH}), 0)`,
    );
  } finally {
    orm.get('PRAGMA max_page_count = 1073741823');
  }
}
