import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from '../../../db/database.ts';
import { asc } from '../../../db/drizzle.ts';
import { deploymentEvent, operation, run, signal } from '../../../db/schema.sqlite.ts';
import type { Cloud } from './cloud.ts';
import type { Evidence, Line } from './evidence.ts';
import { readLedger } from './ledger.ts';
import { Script } from './script.ts';

type Sources = {
  folder: string;
  database: Database;
  cloud: Cloud;
};

/** Reads everything that was left behind; `observed` is what only the harness knows. */
export function gatherEvidence(
  { folder, database, cloud }: Sources,
  observed: Pick<Evidence, 'asked' | 'usurpations' | 'stopped' | 'frozen' | 'complaints' | 'kills'>,
): Evidence {
  const { lines, torn } = readLedger(join(folder, 'ledger'));
  return {
    ...observed,
    lines: lines.map((line, position): Line => ({ ...line, position })),
    torn,
    ...factsOf(database),
    effects: cloud.effects(),
    integrity: ['forge.db', 'cloud.db'].map((file) => integrityOf(join(folder, file))),
  };
}

function factsOf({ orm }: Database): Pick<Evidence, 'runs' | 'entries' | 'signals' | 'events'> {
  const runs = orm.select().from(run).orderBy(asc(run.position)).all();
  const entries = orm.select().from(operation).orderBy(asc(operation.run), asc(operation.sequence)).all();
  const signals = orm.select().from(signal).orderBy(asc(signal.run), asc(signal.position)).all();
  const events = orm.select().from(deploymentEvent).all();
  return {
    runs: runs.map((row) => ({
      ...row,
      input: Script.parse(row.input.value),
      output: row.output?.value,
    })),
    entries,
    signals: signals.map((row) => ({ ...row, value: row.value.value ?? null })),
    events,
  };
}

function integrityOf(path: string): string {
  const client = new Sqlite(path, { readonly: true });
  try {
    return `${path}: ${String(client.pragma('integrity_check', { simple: true }))}`;
  } finally {
    client.close();
  }
}
