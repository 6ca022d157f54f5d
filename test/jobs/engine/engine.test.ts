import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openDatabase } from '../../../db/database.ts';
import { eq } from '../../../db/drizzle.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { operation, signal } from '../../../db/schema.sqlite.ts';
import { createStore } from '../../../db/store.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import { engineContract } from '../../contracts/engine.ts';

describe('the engine on SQLite', () => {
  engineContract(() => {
    const folder = mkdtempSync(join(tmpdir(), 'forge-engine-'));
    return {
      open(options) {
        const database = openDatabase(join(folder, 'forge.db'));
        const store = createStore(database, options);
        const engine = createEngine(createEngineDriver(database, options), options);
        return {
          engine,
          store,
          async kept(run) {
            const { orm } = database;
            const operations = await orm.$count(operation, eq(operation.run, run));
            const signals = await orm.$count(signal, eq(signal.run, run));
            return { operations, signals };
          },
          close: () => database.close(),
        };
      },
      remove: () => rmSync(folder, { recursive: true }),
    };
  });
});
