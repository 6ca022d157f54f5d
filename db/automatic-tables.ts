import { z } from 'zod';
import { Actor } from '../src/domain/actor.ts';
import type { Columns } from './columns.ts';
import { sql } from './drizzle.ts';

const Refs = z.record(z.string(), z.string());

/** What is deployed without a person asking, and what keeps it from that. */
export function automaticTables(c: Columns) {
  const followed = c.table(
    'followed',
    {
      number: c.int('number').primaryKey(),
      service: c.text('service').notNull(),
      environment: c.text('environment').notNull(),
      ref: c.text('ref').notNull(),
      commit: c.text('commit').notNull(),
      outcome: c.text('outcome').notNull(),
      says: c.text('says'),
      deployment: c.int('deployment'),
      login: c.text('login'),
      at: c.ms('at').notNull(),
    },
    (t) => [c.index('followed_by_ref').on(t.service, t.environment, t.ref, t.number)],
  );

  const automaticHold = c.table(
    'automatic_hold',
    {
      number: c.int('number').primaryKey(),
      service: c.text('service').notNull(),
      environment: c.text('environment').notNull(),
      deployment: c.int('deployment'),
      by: c.json('by', Actor).notNull(),
      why: c.text('why'),
      at: c.ms('at').notNull(),
      endedAt: c.ms('ended_at'),
      endedBy: c.json('ended_by', Actor),
      endedWhy: c.text('ended_why'),
    },
    (t) => [c.unique('automatic_hold_one').on(t.service, t.environment).where(sql`${t.endedAt} is null`)],
  );

  const seenRefs = c.table('seen_refs', {
    repository: c.text('repository').primaryKey(),
    refs: c.json('refs', Refs).notNull(),
    at: c.ms('at').notNull(),
  });

  /** Who pushed what, as the code host said. */
  const toldPush = c.table(
    'told_push',
    {
      repository: c.text('repository').notNull(),
      ref: c.text('ref').notNull(),
      commit: c.text('commit').notNull(),
      login: c.text('login'),
      email: c.text('email'),
      at: c.ms('at').notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.repository, t.ref, t.commit] })],
  );

  return { followed, automaticHold, seenRefs, toldPush };
}
