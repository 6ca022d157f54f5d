import { z } from 'zod';
import type { ForgeWorld } from '../jobs/forge-world.ts';
import { RecordedEntry, RecordedRun } from './recorded-run.ts';
import { stories } from './stories.ts';

const Text = z.string().transform((text): unknown => JSON.parse(text));
const Row = z.object({
  id: z.string(),
  job: z.string(),
  /** Null where it never began, such as the end of a standby that a rollback needs. */
  version: z.number().nullable(),
  key: z.string().nullable(),
  input: Text.pipe(z.object({ value: z.json() })),
  status: z.string(),
  error: z.string().nullable(),
});
const Entries = z.array(z.object({ outcome: Text }).loose()).pipe(z.array(RecordedEntry));

/** Has the story happen to the real jobs, and gives the journals of all runs that had a part in it. */
export async function recordStory(story: string): Promise<RecordedRun[]> {
  const begin = stories[story];
  if (begin === undefined) throw new Error(`There is no story "${story}"`);
  const { world, happen } = begin();
  try {
    await world.start();
    await happen();
    await world.until(
      async () => (await world.engine().list({ statuses: ['queued', 'active'] })).length === 0,
    );
    return recordedRuns(world, story);
  } finally {
    await world.close();
  }
}

/** The journals of all runs in a database that have ended. */
export function recordedRuns({ database }: Pick<ForgeWorld, 'database'>, story: string): RecordedRun[] {
  const { orm } = database;
  const rows = z.array(Row).parse(orm.all('SELECT * FROM run ORDER BY position'));
  // Where it is stuck, the story cut it off in the middle of an operation: another run went on with it.
  const ended = rows.flatMap(({ version, ...row }) =>
    version === null || row.status === 'stuck' ? [] : [{ version, ...row }],
  );
  return ended.map(({ id, input, status, error, ...run }) => {
    const journal = orm.all(`SELECT * FROM operation WHERE run_id = '${id}' ORDER BY sequence`);
    return RecordedRun.parse({
      story,
      run: id,
      ...run,
      input: input.value,
      entries: Entries.parse(journal),
      end: { status, error },
    });
  });
}
