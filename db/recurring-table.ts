import { Actor } from '../src/domain/actor.ts';
import type { Columns } from './columns.ts';
import { sql } from './drizzle.ts';

/** What is asked for again and again. */
export function recurringTable(c: Columns) {
  const recurring = c.table(
    'recurring',
    {
      number: c.int('number').primaryKey(),
      service: c.text('service').notNull(),
      environment: c.text('environment').notNull(),
      ref: c.text('ref'),
      strategy: c.text('strategy'),
      cron: c.text('cron').notNull(),
      zone: c.text('zone').notNull(),
      owner: c.text('owner').notNull(),
      reason: c.text('reason'),
      placedAt: c.ms('placed_at').notNull(),
      nextAt: c.ms('next_at').notNull(),
      problemAt: c.ms('problem_at'),
      problem: c.text('problem'),
      cancelledAt: c.ms('cancelled_at'),
      cancelledBy: c.json('cancelled_by', Actor),
      cancelledWhy: c.text('cancelled_why'),
    },
    (t) => [c.index('recurring_in_force').on(t.number).where(sql`${t.cancelledAt} is null`)],
  );

  return { recurring };
}
