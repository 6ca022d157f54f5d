import { z } from 'zod';
import { Actor } from '../src/domain/actor.ts';
import { RestrictionEvent } from '../src/domain/restriction-event.ts';
import type { Columns } from './columns.ts';
import { sql } from './drizzle.ts';

const Names = z.array(z.string());

/** Freezes, locks, what happened to them, and what is to be told of them. */
export function restrictionTables(c: Columns) {
  /** The rows of `restriction_event` tell who did what; this is how it came to stand. */
  const freeze = c.table(
    'freeze',
    {
      number: c.int('number').primaryKey(),
      /** Absent: all. */
      services: c.json('services', Names),
      environments: c.json('environments', Names),
      owner: c.text('owner').notNull(),
      reason: c.text('reason').notNull(),
      from: c.ms('from').notNull(),
      until: c.ms('until').notNull(),
      placedAt: c.ms('placed_at').notNull(),
      liftedAt: c.ms('lifted_at'),
      liftedBy: c.json('lifted_by', Actor),
      liftedWhy: c.text('lifted_why'),
    },
    (t) => [c.index('freeze_ahead').on(t.until).where(sql`${t.liftedAt} is null`)],
  );

  const lock = c.table(
    'lock',
    {
      number: c.int('number').primaryKey(),
      environment: c.text('environment').notNull(),
      /** Absent: every service there. */
      service: c.text('service'),
      owner: c.text('owner').notNull(),
      reason: c.text('reason').notNull(),
      placedAt: c.ms('placed_at').notNull(),
      until: c.ms('until').notNull(),
      version: c.int('version').notNull(),
      releasedAt: c.ms('released_at'),
      releasedBy: c.json('released_by', Actor),
      releasedWhy: c.text('released_why'),
    },
    (t) => [c.index('lock_in_force').on(t.until).where(sql`${t.releasedAt} is null`)],
  );

  const restrictionEvent = c.table(
    'restriction_event',
    {
      /** `F3` or `L3`. */
      restriction: c.text('restriction').notNull(),
      version: c.int('version').notNull(),
      at: c.ms('at').notNull(),
      data: c.json('data', RestrictionEvent).notNull(),
      by: c.json('by', Actor).notNull(),
      why: c.text('why'),
    },
    (t) => [c.primaryKey({ columns: [t.restriction, t.version] })],
  );

  /** What is to be posted once about a freeze or a lock, and how far that is. */
  const announcement = c.table(
    'announcement',
    {
      id: c.text('id').primaryKey(),
      about: c.text('about').notNull(),
      tells: c.text('tells').notNull(),
      channel: c.text('channel').notNull(),
      state: c.text('state').notNull(),
      ts: c.text('ts'),
      attempts: c.int('attempts').notNull().default(0),
      notBefore: c.ms('not_before').notNull(),
      staleAt: c.ms('stale_at'),
      problem: c.text('problem'),
    },
    (t) => [
      c.index('announcement_about').on(t.about),
      c.index('announcement_open').on(t.notBefore).where(sql`${t.state} in ('pending', 'sending')`),
    ],
  );

  return { freeze, lock, restrictionEvent, announcement };
}
