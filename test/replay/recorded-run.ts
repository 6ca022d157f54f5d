import { z } from 'zod';
import { JsonValue } from '../../db/json-value.ts';
import { Outcome } from '../../db/outcome.ts';

export const RecordedEntry = z.object({
  sequence: z.number(),
  kind: z.string(),
  name: z.string(),
  attempt: z.number(),
  outcome: Outcome,
});
export type RecordedEntry = z.infer<typeof RecordedEntry>;

/** A run that has ended, with its whole journal. */
export const RecordedRun = z.object({
  /** What happened to the deployment. */
  story: z.string(),
  run: z.string(),
  job: z.string(),
  version: z.number(),
  key: z.string().nullable(),
  input: JsonValue,
  entries: z.array(RecordedEntry),
  end: z.object({ status: z.string(), error: z.string().nullable() }),
});
export type RecordedRun = z.infer<typeof RecordedRun>;

/** Where its journal is kept, below `journals`. */
export function fileOf({ job, version, story, run }: RecordedRun): string {
  const name = `${story} ${run}`.replaceAll(/[^a-zA-Z0-9]+/gu, '-').toLowerCase();
  return `${job}/${version}/${name}.json`;
}

/** What a replay can tell from another journal: runs of the same shape need to be kept once. */
export function shapeOf({ job, version, entries, end }: RecordedRun): string {
  const operations = entries.map(({ kind, name, outcome }) => [kind, name, outcome.kind]);
  return JSON.stringify([job, version, operations, end.status]);
}
