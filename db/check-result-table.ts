import type { Columns } from './columns.ts';

/** Commands that passed for a commit. */
export function checkResultTable(c: Columns) {
  const checkResult = c.table(
    'check_result',
    {
      key: c.text('key').primaryKey(),
      at: c.ms('at').notNull(),
      detail: c.text('detail').notNull(),
    },
    (t) => [c.index('check_result_by_age').on(t.at)],
  );

  return { checkResult };
}
