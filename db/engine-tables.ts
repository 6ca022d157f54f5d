import type { Columns } from './columns.ts';
import { sql } from './drizzle.ts';
import { Outcome } from './outcome.ts';
import { Wrapped } from './wrapped.ts';

/** What the engine keeps: who leads, the runs, their journals and their signals. */
export function engineTables(c: Columns) {
  /** One row: who leads. Every write of a leader compares the epoch. */
  const engine = c.table('engine', {
    id: c.int('id').primaryKey(),
    epoch: c.int('epoch').notNull(),
    owner: c.text('owner').notNull(),
    since: c.ms('since').notNull(),
  });

  const run = c.table(
    'run',
    {
      id: c.text('id').primaryKey(),
      job: c.text('job').notNull(),
      /** Of the job; known once the run is active. */
      version: c.int('version'),
      key: c.text('key'),
      input: c.json('input', Wrapped).notNull(),
      status: c.text('status').notNull(),
      /** Order of arrival. */
      position: c.int('position').notNull(),
      startAt: c.ms('start_at').notNull(),
      priority: c.int('priority').notNull(),
      abortBy: c.text('abort_by'),
      abortReason: c.text('abort_reason'),
      paused: c.bool('paused').notNull(),
      pausedBy: c.text('paused_by'),
      output: c.json('output', Wrapped),
      errorName: c.text('error_name'),
      error: c.text('error'),
      createdAt: c.ms('created_at').notNull(),
      startedAt: c.ms('started_at'),
      endedAt: c.ms('ended_at'),
      /** Sequence of its first operation: a run that has started over counts on. */
      firstSequence: c.int('first_sequence').notNull().default(0),
      /** Who last had it tried again after it was stuck. */
      retriedBy: c.text('retried_by'),
      /** When its journal and its signals were deleted. */
      purgedAt: c.ms('purged_at'),
    },
    (t) => [
      c
        .unique('run_one_active_per_key')
        .on(t.key)
        .where(sql`${t.status} = 'active' and ${t.key} is not null`),
      c.unique('run_by_position').on(t.position),
      c.index('run_by_status').on(t.status, t.startAt),
      c
        .index('run_flagged')
        .on(t.id)
        .where(sql`${t.status} = 'active' and (${t.abortBy} is not null or ${t.paused})`),
      c
        .index('run_to_purge')
        .on(t.endedAt)
        .where(sql`${t.endedAt} is not null and ${t.purgedAt} is null and ${t.status} <> 'stuck'`),
    ],
  );

  /** The journal: where a run resumes. */
  const operation = c.table(
    'operation',
    {
      run: c.text('run_id').notNull(),
      sequence: c.int('sequence').notNull(),
      kind: c.text('kind').notNull(),
      name: c.text('name').notNull(),
      /** How many attempts were begun. */
      attempt: c.int('attempt').notNull(),
      /** An attempt was begun and has not reported. */
      running: c.bool('running').notNull(),
      /** An attempt of an earlier process never reported. */
      unknown: c.bool('unknown').notNull(),
      /** When to go on: end of a sleep, of a wait or of a back-off. */
      dueAt: c.ms('due_at'),
      outcome: c.json('outcome', Outcome),
      startedAt: c.ms('started_at').notNull(),
      endedAt: c.ms('ended_at'),
    },
    (t) => [c.primaryKey({ columns: [t.run, t.sequence] })],
  );

  /** Doorbells. A run that does not exist yet may be rung already. */
  const signal = c.table(
    'signal',
    {
      run: c.text('run_id').notNull(),
      name: c.text('name').notNull(),
      id: c.text('id').notNull(),
      /** Order of arrival within the run. */
      position: c.int('position').notNull(),
      value: c.json('value', Wrapped).notNull(),
      by: c.text('by').notNull(),
      at: c.ms('at').notNull(),
      /** The operation that took it. */
      takenBy: c.int('taken_by'),
    },
    (t) => [
      c.primaryKey({ columns: [t.run, t.name, t.id] }),
      c.index('signal_waiting').on(t.run, t.name, t.position).where(sql`${t.takenBy} is null`),
    ],
  );

  return { engine, run, operation, signal };
}
