import type Sqlite from 'better-sqlite3';

/** Between two looks. One takes some microseconds: a signal of another process is heard as soon as that. Milliseconds. */
const EVERY = 10;

/** Calls `onWrite` when another process has committed something, for as long as it watches. */
export function watchOthers(client: Sqlite.Database, onWrite: () => void): { watch(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let seen: unknown;

  function look(): void {
    const version = dataVersion();
    if (version === seen) return;
    seen = version;
    onWrite();
  }

  /** Where the database cannot be asked, whoever is told meets that trouble and deals with it. */
  function dataVersion(): unknown {
    try {
      return client.pragma('data_version', { simple: true });
    } catch {
      return undefined;
    }
  }

  return {
    watch() {
      seen = dataVersion();
      timer = setInterval(look, EVERY).unref();
    },
    stop() {
      clearInterval(timer);
    },
  };
}
