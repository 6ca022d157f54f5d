import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { shipRevert } from '../../src/use-cases/revert.ts';
import { aPerson, aPlan, aPolicy, aRelease, aRequestedEvent } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { person } from '../jobs/forge-world.ts';
import { ship } from '../jobs/ship-world.ts';
import { checkout, staging } from '../jobs/shop.ts';

type Database = ReturnType<typeof openDatabase>;
let database: Database;
beforeEach(() => {
  database = openDatabase(':memory:');
});
afterEach(() => database.close());

const title = 'Banner closes #1 <img src=x>';

/** Takes back what a deployment brought whose commit was merged into `base`. */
async function takingBack(base: string) {
  const codeHost = new FakeCodeHost();
  const web = codeHost.repository('acme/checkout');
  web.push('main', { files: { a: '1' } });
  web.push('feature/banner', { files: { a: '2' } }, 'main');
  web.push('release/1', { files: { b: '1' } }, 'main');
  web.pulls.create({ head: 'feature/banner', base, title, body: '' });
  const commit = web.mergeByHand(1, 'lena');
  const store = createStore(database, { clock: createFakeClock() });
  const plan = aPlan({ to: aRelease({ commit }) });
  await store.commit([
    {
      ...{ kind: 'append', deployment: 1, expect: 0, by: aPerson, cause: 'asked' },
      events: [aRequestedEvent({ environment: 'staging', plan })],
    },
  ]);
  const policy = aPolicy({
    ...{ services: [checkout], environments: [staging] },
    github: { people: {}, ship },
  });
  await shipRevert({ deployment: 1 }, person(), { policy, store, codeHost });
  return web.pulls.all();
}

describe('to take back what a deployment brought', () => {
  it('opens a pull request in which the title of the first is no markup', async () => {
    const [, revert] = await takingBack('main');

    expect(revert?.body).toContain('Takes back pull request 1: Banner closes');
    expect(revert?.body).not.toContain('#1');
    expect(revert?.body).not.toContain('<img');
  });

  it('opens none for what was merged into another branch', async () => {
    await expect(takingBack('release/1')).rejects.toThrow('No pull request brought');
  });
});
