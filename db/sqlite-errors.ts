import Sqlite from 'better-sqlite3';

/** drizzle wraps what SQLite says, so the causes are looked at as well. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof Sqlite.SqliteError) return error.code;
  return error instanceof Error ? codeOf(error.cause) : undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

export function isDamaged(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
}

export function isBusy(error: unknown): boolean {
  return codeOf(error)?.startsWith('SQLITE_BUSY') ?? false;
}

/** The database is as it was, and the same write may succeed later. */
export function mayPass(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  const passing = ['BUSY', 'LOCKED', 'FULL', 'IOERR', 'NOMEM', 'CANTOPEN', 'READONLY', 'PROTOCOL'];
  return passing.some((kind) => code.startsWith(`SQLITE_${kind}`));
}

/** It concerns the storage as a whole, not what one caller wanted to write. */
export function isCollective(error: unknown): boolean {
  return mayPass(error) || isDamaged(error);
}

/** A file or its folder may not be opened or written. */
export function isInaccessible(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && /^SQLITE_(CANTOPEN|READONLY|PERM|IOERR)/u.test(code);
}
