import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { sql } from '../../db/drizzle.ts';
import { createWriteGroup } from '../../db/write-group.ts';

describe('a group of writes', () => {
  let database: Database;

  beforeEach(() => {
    database = openDatabase(':memory:');
    database.orm.run(sql.raw('CREATE TABLE line (text TEXT)'));
  });
  afterEach(() => database.close());

  it('is one transaction, and gives everybody their own result', async () => {
    const { group, transactions } = counting();

    const results = await Promise.all([1, 2, 3].map((number) => group(() => insert(`${number}`))));

    expect(results).toEqual(['1', '2', '3']);
    expect(lines()).toEqual(['1', '2', '3']);
    expect(transactions()).toBe(1);
  });

  it('undoes only the work that throws', async () => {
    const { group } = counting();

    const results = await Promise.allSettled([
      group(() => insert('before')),
      group(() => {
        insert('undone');
        throw new RangeError('no');
      }),
      group(() => insert('after')),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(lines()).toEqual(['before', 'after']);
  });

  it('writes nothing when the guard throws', async () => {
    const group = createWriteGroup(database, {
      guard: () => {
        throw new Error('not the leader');
      },
    });

    const results = await Promise.allSettled([group(() => insert('a')), group(() => insert('b'))]);

    expect(results).toMatchObject([
      { status: 'rejected', reason: { message: 'not the leader' } },
      { status: 'rejected', reason: { message: 'not the leader' } },
    ]);
    expect(lines()).toEqual([]);
  });

  it('tells nobody of success when the commit fails, and can write again afterwards', async () => {
    database.orm.run(sql.raw('CREATE TABLE parent (id INTEGER PRIMARY KEY)'));
    database.orm.run(
      sql.raw('CREATE TABLE orphan (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)'),
    );
    const { group } = counting();

    const results = await Promise.allSettled([
      group(() => insert('before')),
      // Found out at the commit only.
      group(() => database.orm.run(sql`INSERT INTO orphan VALUES (1)`)),
      group(() => insert('after')),
    ]);
    const later = await group(() => insert('later'));

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(later).toBe('later');
    expect(lines()).toEqual(['later']);
  });

  it('writes nothing when the storage fails under one of them, and says that trying again may help', async () => {
    const { group } = counting();
    const pages = database.orm.get<{ page_count: number }>('PRAGMA page_count');
    database.orm.run(sql.raw(`PRAGMA max_page_count = ${pages.page_count + 1}`));

    const results = await Promise.allSettled([
      group(() => insert('small')),
      group(() => insert('x'.repeat(100_000))),
      group(() => insert('another')),
    ]);

    expect(results.map((result) => result.status === 'rejected' && String(result.reason))).toEqual(
      Array(3).fill('StorageUnavailable: The database cannot be used just now'),
    );
    expect(lines()).toEqual([]);
  });

  function counting() {
    let transactions = 0;
    const group = createWriteGroup(database, {
      guard: () => {
        transactions += 1;
      },
    });
    return { group, transactions: () => transactions };
  }

  function insert(text: string): string {
    database.orm.run(sql`INSERT INTO line VALUES (${text})`);
    return text;
  }

  function lines(): string[] {
    return database.orm.all<{ text: string }>('SELECT text FROM line').map(({ text }) => text);
  }
});
