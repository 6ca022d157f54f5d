import type { Log } from './ports/log.ts';

type Level = keyof Log;
const LEVELS: readonly Level[] = ['debug', 'info', 'warn', 'error'];

/** One line of JSON for each entry, on standard output, so that any collector can read it. Time in UTC. */
export function createLog(least: Level, write: (line: string) => void = writeLine): Log {
  const entry = (level: Level): Log[Level] => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return () => undefined;
    return (message, fields = {}) => {
      write(JSON.stringify({ at: new Date().toISOString(), level, message, ...fields }));
    };
  };
  return { debug: entry('debug'), info: entry('info'), warn: entry('warn'), error: entry('error') };
}

function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
