import { describe, expect, it } from 'vitest';
import { lookIntoSql } from '../../src/checks/sql/look-into-sql.ts';

async function brokenBy(sql: string): Promise<string[]> {
  const { broken, hidden, unreadable } = await lookIntoSql(sql);
  expect([...hidden, ...unreadable]).toEqual([]);
  return broken.map(({ line, says }) => `${line}: ${says}`);
}

describe('SQL that breaks what is live', () => {
  it.each([
    ['DROP TABLE orders', 'drops the table “orders”: its data is gone, and what is live fails'],
    ['DROP TABLE IF EXISTS shop.orders, notes CASCADE', 'drops the table “shop.orders”, “notes”'],
    ['DROP SCHEMA shop CASCADE', 'drops the schema “shop”: its data is gone'],
    ['DROP MATERIALIZED VIEW sums', 'drops the materialized view “sums”: its data is gone'],
    ['DROP VIEW sums', 'drops the view “sums”: what is live fails'],
    ['DROP TYPE mood', 'drops the type “mood”'],
    ['DROP FUNCTION total(int, text)', 'drops the function “total”'],
    ['DROP SEQUENCE ids', 'drops the sequence “ids”'],
    ['DROP EXTENSION pgcrypto', 'drops the extension “pgcrypto”'],
    ['DROP TRIGGER audit ON orders', 'drops the trigger “orders.audit”'],
    ['DROP DATABASE shop', 'drops a database'],
    ['DROP OWNED BY shop', 'drops a role with everything it owns'],
    ['DROP ROLE shop', 'drops a role'],
    ['ALTER TABLE orders DROP COLUMN note', 'drops the column “note” of “orders”: its data is gone'],
    ['ALTER TABLE orders DROP note', 'drops the column “note” of “orders”'],
    ['ALTER TYPE address DROP ATTRIBUTE street', 'drops the column “street” of “address”'],
    ['ALTER TABLE orders ALTER note TYPE varchar(10)', 'changes the type of the column “note” of “orders”'],
    ['ALTER TABLE orders ALTER COLUMN id SET DATA TYPE bigint', 'changes the type of the column “id”'],
    ['ALTER TABLE orders ALTER note SET NOT NULL', 'wants a value in the column “note” of “orders”'],
    ['ALTER TABLE orders ADD CONSTRAINT n NOT NULL note', 'wants a value in the column “note” of “orders”'],
    [
      'ALTER TABLE orders ADD CHECK (note IS NOT NULL) NOT VALID',
      'wants a value in a column of “orders”, by a check',
    ],
    ['ALTER TABLE orders ADD note text NOT NULL', 'adds the column “note” to “orders”, which wants a value'],
    ['ALTER TABLE orders ADD note text DEFAULT NULL NOT NULL', 'adds the column “note” to “orders”'],
    ['ALTER TABLE orders ADD id uuid PRIMARY KEY', 'adds the column “id” to “orders”'],
    ['ALTER TABLE orders DROP CONSTRAINT orders_pkey', 'drops the constraint “orders_pkey” of “orders”'],
    [
      'ALTER TABLE orders ALTER id DROP IDENTITY',
      'takes the value away that the column “id” of “orders” had',
    ],
    ['ALTER TABLE orders ALTER total DROP EXPRESSION', 'takes the value away'],
    ['ALTER TABLE orders DETACH PARTITION old', 'takes a part away from “orders”'],
    ['ALTER TABLE orders RENAME TO purchases', 'renames the table “orders” to “purchases”'],
    ['ALTER TABLE orders RENAME note TO remark', 'renames the column “orders.note” to “remark”'],
    ['ALTER TABLE orders RENAME CONSTRAINT a TO b', 'renames the constraint “orders.a” to “b”'],
    ['ALTER SCHEMA shop RENAME TO store', 'renames the schema “shop” to “store”'],
    ['ALTER TABLE orders SET SCHEMA store', 'moves a table to another schema'],
    ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'", 'renames the value “sad”'],
    ['ALTER DOMAIN email SET NOT NULL', 'wants a value wherever “email” is used'],
    ['TRUNCATE orders, shop.notes', 'empties “orders”, “shop.notes”'],
    ['DELETE FROM orders', 'deletes every row of “orders”'],
    ['DELETE FROM orders WHERE true', 'deletes every row of “orders”'],
    ['DELETE FROM orders WHERE 1 = 1', 'deletes every row of “orders”'],
    ["UPDATE orders SET note = '' WHERE now() > '2020-01-01'", 'changes every row of “orders”'],
    ["UPDATE orders SET note = ''", 'changes every row of “orders”'],
    ['WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone', 'deletes every row of “orders”'],
    ['EXPLAIN ANALYZE DELETE FROM orders', 'deletes every row of “orders”'],
    ['PREPARE p AS DELETE FROM orders', 'deletes every row of “orders”'],
  ])('is found: %s', async (sql, says) => {
    expect(await brokenBy(sql)).toEqual([expect.stringContaining(`1: ${says}`)]);
  });

  it.each([
    'CREATE TABLE orders (id serial PRIMARY KEY, note text NOT NULL)',
    'ALTER TABLE orders ADD note text',
    "ALTER TABLE orders ADD note text NOT NULL DEFAULT ''",
    'ALTER TABLE orders ADD id bigserial PRIMARY KEY',
    'ALTER TABLE orders ADD id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    'ALTER TABLE orders ADD total int NOT NULL GENERATED ALWAYS AS (1) STORED',
    'ALTER TABLE orders ALTER note DROP NOT NULL',
    "ALTER TABLE orders ALTER note SET DEFAULT ''",
    'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (team) REFERENCES teams (id) NOT VALID',
    'ALTER TABLE orders VALIDATE CONSTRAINT f',
    'CREATE INDEX CONCURRENTLY i ON orders (note)',
    'CREATE INDEX i ON orders (note)',
    'DROP INDEX CONCURRENTLY IF EXISTS i',
    'ALTER INDEX i RENAME TO j',
    "ALTER TYPE mood ADD VALUE 'calm'",
    "UPDATE orders SET note = '' WHERE note IS NULL",
    'DELETE FROM orders WHERE EXISTS (SELECT 1 FROM teams)',
    'CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1; SELECT g()',
    'CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1; CREATE TABLE a (b int DEFAULT f())',
    'DELETE FROM orders USING teams WHERE orders.team = teams.id',
    'CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM orders; END',
    "INSERT INTO orders (note) VALUES ('DROP TABLE orders')",
    '-- DROP TABLE orders;',
    '/* DROP TABLE orders; */ SELECT 1',
    '',
  ])('is not: %s', async (sql) => {
    expect(await brokenBy(sql)).toEqual([]);
  });

  it('is told with the line it begins in, whatever letters come before', async () => {
    const sql = '-- größer: 数\nSELECT 1;\n\n  /* then */\n  DROP TABLE a;\nSELECT\n 2;DROP TABLE b;';

    expect((await brokenBy(sql)).map((one) => one.slice(0, 24))).toEqual([
      '5: drops the table “a”: ',
      '7: drops the table “b”: ',
    ]);
  });

  it('is every change of one statement', async () => {
    const sql = 'ALTER TABLE a ADD b int, DROP c, ALTER d SET NOT NULL, DROP e';

    expect(await brokenBy(sql)).toHaveLength(3);
  });

  it.each([
    'CREATE TABLE a (b int); ALTER TABLE a ALTER b SET NOT NULL; DELETE FROM a; DROP TABLE a',
    'CREATE TEMP TABLE a AS SELECT 1; TRUNCATE a; DROP TABLE a',
    'CREATE TABLE a (b int); ALTER TABLE a RENAME b TO c',
    "SET lock_timeout = '5s'; CREATE TABLE a (b int); ALTER TABLE a ALTER b TYPE text",
  ])('does not matter for a table of its own: %s', async (sql) => {
    expect(await brokenBy(sql)).toEqual([]);
  });

  it.each([
    ['one that may be there already', 'CREATE TABLE IF NOT EXISTS a (b int); DROP TABLE a'],
    ['one that was dropped before', 'CREATE TEMP TABLE a (); DROP TABLE a; DROP TABLE a'],
    ['one that was renamed', 'CREATE TABLE a (); ALTER TABLE a RENAME TO b; DROP TABLE a'],
    ['one that was taken back', 'BEGIN; CREATE TABLE a (); ROLLBACK; DROP TABLE a'],
    ['another schema', 'CREATE TABLE a (); SET search_path = shop; DROP TABLE a'],
    ['one of two', 'CREATE TABLE a (); DROP TABLE a, b'],
    ['what hangs on it', 'CREATE TABLE a (); TRUNCATE a CASCADE'],
  ])('matters for %s', async (_what, sql) => {
    expect(await brokenBy(sql)).toHaveLength(1);
  });
});

describe('a block of PL/pgSQL', () => {
  it('is looked into, with its lines', async () => {
    const sql = 'SELECT 1;\nDO $$ BEGIN\n  IF true THEN\n    DELETE FROM orders;\n  END IF;\nEND $$;';

    expect(await brokenBy(sql)).toEqual(['4: deletes every row of “orders”']);
  });

  it('is harmless where it only makes what is not there', async () => {
    const sql =
      "DO $$ BEGIN\n CREATE TYPE mood AS ENUM ('sad');\nEXCEPTION WHEN duplicate_object THEN null;\nEND $$;";

    expect(await brokenBy(sql)).toEqual([]);
  });

  it.each([
    ["DO $$ BEGIN\n EXECUTE 'DROP TABLE ' || 'orders'; END $$", 2],
    ["DO $$ DECLARE r record; BEGIN\n\n FOR r IN EXECUTE 'SELECT 1' LOOP END LOOP; END $$", 3],
    ["DO $$ DECLARE c refcursor; BEGIN\n OPEN c FOR EXECUTE 'SELECT 1'; END $$", 2],
    ['DO $$ BEGIN\n CALL cleanup(); END $$', 2],
    ['SELECT 1;\nCALL cleanup()', 2],
    ["CREATE FUNCTION s.f() RETURNS void LANGUAGE sql AS 'DROP TABLE orders';\nSELECT f()", 2],
    [
      "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DROP TABLE orders';\nDO $$ BEGIN PERFORM f(); END $$",
      2,
    ],
    ["DO LANGUAGE plpython3u 'drop()'", 1],
    ['DO $$ BEGIN nonsense END $$', 1],
  ])('is hidden where it runs what is not written: %s', async (sql, line) => {
    const { hidden } = await lookIntoSql(sql);

    expect(hidden).toEqual([
      { line, says: expect.stringContaining('runs statements that are not written here') },
    ]);
  });
});

describe('what is no SQL', () => {
  it.each([
    ['a syntax error', 'SELECT 1;\nSELEC 2;', 2, 'syntax error at or near "SELEC"'],
    ['the dialect of a program', '\\connect shop\nDROP TABLE orders;', 1, 'syntax error'],
    ['an open quote', "SELECT 'a", 1, 'unterminated quoted string'],
    [
      'what is hidden behind a character that ends the text for the parser',
      'SELECT 1;\n\0DROP TABLE orders;',
      2,
      'it holds a character that is not text',
    ],
    ['a tree too deep', `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`, 1, ''],
    ['a sum too long', `SELECT ${'1+'.repeat(90_000)}1`, 1, ''],
    ['a book', `SELECT '${'a'.repeat(200_000)}'`, 1, 'it is longer than 200,000 characters'],
  ])('is unreadable, with its line: %s', async (_what, sql, line, why) => {
    const found = await lookIntoSql(sql);

    expect(found.unreadable).toEqual([
      { line, says: expect.stringContaining(`PostgreSQL could not read it: ${why}`) },
    ]);
  });

  it('leaves the parser as it was', async () => {
    await lookIntoSql(`SELECT ${'1+'.repeat(90_000)}1`);

    expect(await brokenBy('\uFEFFDROP TABLE orders')).toHaveLength(1);
  });
});
