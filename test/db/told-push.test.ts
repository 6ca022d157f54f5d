import { expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { createFakeClock } from '../fakes/clock.ts';

it('who pushed is told of exactly that repository: another one may have the same branch and commit', async () => {
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock: createFakeClock() });
  const push = { repository: 'acme/api', ref: 'refs/heads/main', commit: 'a'.repeat(40) };

  await store.commit([{ kind: 'keep-push', push: { ...push, login: 'octocat' } }]);

  expect(await store.toldPush(push)).toMatchObject({ login: 'octocat' });
  expect(await store.toldPush({ ...push, repository: 'acme/fork' })).toBeUndefined();
  database.close();
});
