import { z } from 'zod';
import type { Recurring } from '../src/domain/recurring.ts';
import type { RecurringChange, Recurrings } from '../src/ports/recurring.ts';
import type { Database } from './database.ts';
import { and, asc, eq, isNull, sql } from './drizzle.ts';
import { Refusal } from './refusal.ts';
import { numberIn } from './restriction-records.ts';
import { recurring } from './schema.sqlite.ts';

const Strategy = z.enum(['rolling', 'blue-green', 'canary']);

export function createRecurrings({ orm }: Pick<Database, 'orm'>): Recurrings {
  return {
    async nextRecurring() {
      const last = sql<number | null>`max(${recurring.number})`;
      return `R${(orm.select({ last }).from(recurring).get()?.last ?? 0) + 1}`;
    },
    async recurring(id) {
      const row = orm.select().from(recurring).where(isOf(id)).get();
      return row && toRecurring(row);
    },
    async recurrings() {
      const rows = orm.select().from(recurring).where(isNull(recurring.cancelledAt));
      return rows.orderBy(asc(recurring.number)).all().map(toRecurring);
    },
  };
}

/** Throws a `Refusal` where it is not as the change expects. */
export function writeRecurring({ orm }: Database, change: RecurringChange, at: number): void {
  switch (change.kind) {
    case 'save-recurring': {
      const { id, ref = null, strategy = null, reason = null, ...kept } = change.recurring;
      const row = { ...kept, number: numberIn(id, 'R'), ref, strategy, reason, placedAt: at };
      const written = orm.insert(recurring).values(row).onConflictDoNothing().run();
      if (written.changes === 0) throw new Refusal(`There is a ${id}`);
      return;
    }
    case 'advance-recurring': {
      const { id, from, to, problem } = change;
      const told = problem === undefined ? {} : { problem, problemAt: at };
      const written = orm
        .update(recurring)
        .set({ nextAt: to, ...told })
        .where(and(isOf(id), eq(recurring.nextAt, from), isNull(recurring.cancelledAt)))
        .run();
      if (written.changes === 0) throw new Refusal(`${id} is not due at ${from}`);
      return;
    }
    case 'cancel-recurring': {
      const { id, by, why = null } = change;
      const written = orm
        .update(recurring)
        .set({ cancelledAt: at, cancelledBy: by, cancelledWhy: why })
        .where(and(isOf(id), isNull(recurring.cancelledAt)))
        .run();
      if (written.changes === 0) throw new Refusal(`${id} is cancelled`);
      return;
    }
  }
}

function isOf(id: string) {
  return eq(recurring.number, numberIn(id, 'R'));
}

function toRecurring(row: typeof recurring.$inferSelect): Recurring {
  const { number, service, environment, ref, strategy, cron, zone, owner, reason, placedAt, nextAt } = row;
  const { problem, problemAt, cancelledAt, cancelledBy, cancelledWhy } = row;
  const why = cancelledWhy === null ? {} : { why: cancelledWhy };
  return {
    id: `R${number}`,
    ...{ service, environment, cron, zone, owner, placedAt, nextAt },
    ...(ref === null ? {} : { ref }),
    ...(strategy === null ? {} : { strategy: Strategy.parse(strategy) }),
    ...(reason === null ? {} : { reason }),
    ...(problem === null || problemAt === null ? {} : { problem: { at: problemAt, reason: problem } }),
    ...(cancelledAt === null || cancelledBy === null
      ? {}
      : { cancelled: { at: cancelledAt, by: cancelledBy, ...why } }),
  };
}
