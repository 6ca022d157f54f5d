import { describe } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { storeContract } from '../contracts/store.ts';

describe('the SQLite store', () => {
  storeContract((clock) => {
    const database = openDatabase(':memory:');
    return { store: createStore(database, { clock }), close: () => database.close() };
  });
});
