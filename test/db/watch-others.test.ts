import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { sql } from '../../db/drizzle.ts';
import { eventually } from '../eventually.ts';

describe('whoever listens for writes', () => {
  let folder: string;
  let database: Database;
  let other: Database;
  let heard: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'forge-watch-'));
    database = openDatabase(join(folder, 'forge.db'));
    other = openDatabase(join(folder, 'forge.db'));
    heard = 0;
  });
  afterEach(() => {
    database.close();
    other.close();
    rmSync(folder, { recursive: true });
  });

  it('hears each that somebody else commits, once', async () => {
    database.onWrite(listener);
    rename('first');
    await eventually(() => heard === 1);
    await setTimeout(50);
    const before = heard;

    rename('second');
    await eventually(() => heard === 2);

    expect(before).toBe(1);
  });

  it('hears of what this process announces and of nothing else that it writes', async () => {
    database.onWrite(listener);
    database.orm.run(sql`UPDATE engine SET owner = 'nobody'`);
    database.announce();
    await setTimeout(50);

    expect(heard).toBe(1);
  });

  it('hears nothing any more once it has said so', async () => {
    const stop = database.onWrite(listener);
    stop();

    rename('first');
    database.announce();
    await setTimeout(50);

    expect(heard).toBe(0);
  });

  it('that comes later hears of later writes only', async () => {
    rename('before');

    database.onWrite(listener);
    await setTimeout(50);

    expect(heard).toBe(0);
  });

  function listener(): void {
    heard += 1;
  }

  function rename(owner: string): void {
    other.orm.run(
      sql`INSERT INTO engine VALUES (1, 1, ${owner}, 0) ON CONFLICT DO UPDATE SET owner = ${owner}`,
    );
  }
});
