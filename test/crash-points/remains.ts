import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { type Effect, openCloud, type Witnessed } from './cloud.ts';
import { cloudIn, databaseIn } from './engine-process.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));

const Run = z.object({
  id: z.string(),
  job: z.string(),
  status: z.string(),
  paused: z.number(),
  output: Json.nullable(),
  error: z.string().nullable(),
});
const Entry = z.object({
  run: z.string(),
  sequence: z.number(),
  kind: z.string(),
  name: z.string(),
  attempt: z.number(),
  running: z.number().transform(Boolean),
  unknown: z.number().transform(Boolean),
  outcome: Json.nullable(),
});
const Signal = z.object({
  run: z.string(),
  name: z.string(),
  id: z.string(),
  takenBy: z.number().nullable(),
});
const Event = z.object({
  deployment: z.number(),
  version: z.number(),
  type: z.string(),
  cause: z.string(),
  part: z.number(),
});

export type Entry = z.infer<typeof Entry>;

/** Everything that is there when every run has ended. */
export type Remains = {
  runs: z.infer<typeof Run>[];
  journal: Entry[];
  signals: z.infer<typeof Signal>[];
  events: z.infer<typeof Event>[];
  effects: Effect[];
  attempts: Witnessed[];
  /** What SQLite says of the file: `ok`. */
  integrity: unknown;
};

export function remainsIn(folder: string): Remains {
  const client = new Sqlite(databaseIn(folder), { readonly: true });
  const cloud = openCloud(cloudIn(folder));
  const rows = <Row>(row: z.ZodType<Row>, statement: string) =>
    z.array(row).parse(client.prepare(statement).all());
  try {
    return {
      runs: rows(Run, 'SELECT * FROM run ORDER BY id'),
      journal: rows(Entry, 'SELECT *, run_id AS run FROM operation ORDER BY run_id, sequence'),
      signals: rows(
        Signal,
        'SELECT *, run_id AS run, taken_by AS takenBy FROM signal ORDER BY run_id, name, id',
      ),
      events: rows(Event, 'SELECT * FROM deployment_event ORDER BY deployment, version'),
      effects: cloud.effects(),
      attempts: cloud.attempts(),
      integrity: client.pragma('integrity_check', { simple: true }),
    };
  } finally {
    cloud.close();
    client.close();
  }
}
