import type { Database } from '../../../db/database.ts';
import { sql } from '../../../db/drizzle.ts';
import type { CrashPoints } from './crash-points.ts';

/** What is written, in words, by the triggers that notice it. Those of a journal are the most telling. */
const NOTICED: readonly { on: string; words: string }[] = [
  {
    on: 'INSERT ON operation',
    words: `'journal ' || new.run_id || ': ' || new.name || iif(new.outcome IS NULL, ', begun', ', recorded')`,
  },
  {
    on: 'UPDATE OF outcome ON operation',
    words: `'journal ' || new.run_id || ': ' || new.name || ', recorded'`,
  },
  {
    on: 'INSERT ON deployment_event',
    words: `'event ' || new.type || coalesce(' ' || json_extract(new.data, '$.step'), '')`,
  },
  { on: 'INSERT ON run', words: `'run ' || new.id || ' queued'` },
  { on: 'UPDATE OF status ON run', words: `'run ' || new.id || ' ' || new.status` },
  { on: 'INSERT ON signal', words: `'signal ' || new.run_id` },
  { on: 'INSERT ON traffic', words: `'traffic intended'` },
  { on: 'UPDATE ON traffic', words: `'traffic changed'` },
  { on: 'INSERT ON arrival', words: `'arrival kept'` },
  { on: 'UPDATE OF attempts ON arrival', words: `'arrival begun'` },
  { on: 'UPDATE OF finished_at ON arrival', words: `'arrival finished'` },
  { on: 'INSERT ON post', words: `'post wanted'` },
  { on: 'UPDATE OF state ON post', words: `'post ' || new.state` },
  { on: 'UPDATE OF published_version ON deployment', words: `'message shown'` },
];

/** The database with a crash point after everything was written but not committed, and one right after the commit. */
export function mortalDatabase(database: Database, points: CrashPoints): Database {
  notice(database);
  let depth = 0;
  return {
    ...database,
    write(work) {
      // A transaction inside another one is a part of it, so it has none of its own.
      if (depth > 0) return database.write(work);
      depth += 1;
      try {
        let labels: string[] = [];
        const result = database.write(() => {
          const written = work();
          labels = takeLabels(database);
          if (labels.length > 0) points.reach(labels, 'before');
          return written;
        });
        if (labels.length > 0) points.reach(labels, 'after');
        return result;
      } finally {
        depth -= 1;
      }
    },
  };
}

/** Temporary: they are of this connection alone, and nothing of them is in the file. */
function notice({ orm }: Database): void {
  orm.run(sql.raw('CREATE TEMP TABLE noticed (position INTEGER PRIMARY KEY, words TEXT NOT NULL)'));
  for (const [index, { on, words }] of NOTICED.entries()) {
    const statement = `CREATE TEMP TRIGGER notice_${index} AFTER ${on.replace(' ON ', ' ON main.')}
      BEGIN INSERT INTO noticed (words) VALUES (${words}); END`;
    orm.run(sql.raw(statement));
  }
}

function takeLabels({ orm }: Database): string[] {
  const rows = orm.all<{ words: string }>(sql.raw('SELECT words FROM temp.noticed ORDER BY position'));
  if (rows.length > 0) orm.run(sql.raw('DELETE FROM temp.noticed'));
  const labels = [...new Set(rows.map(({ words }) => steadyName(words)))];
  return [
    ...labels.filter((label) => label.startsWith('journal ')),
    ...labels.filter((label) => !label.startsWith('journal ')),
  ];
}

/** Without the numbers that differ from one deployment, and from one look, to the next. */
function steadyName(words: string): string {
  return words
    .replaceAll(/\/\d+/g, '')
    .replaceAll(/\b(look|round|watch|again|pause|progress|wait|poll) \d+/g, '$1');
}
