import { afterEach, expect, it } from 'vitest';
import { createShipWorld, type ShipWorld } from './ship-world.ts';

let world: ShipWorld;
afterEach(() => world.close());

/** Who pushed a commit of the branch, as GitHub told. */
async function pushedBy(login: string, commit: string): Promise<void> {
  const push = { repository: 'acme/checkout', ref: 'refs/heads/feature/banner', commit, login };
  await world.store.commit([{ kind: 'keep-push', push }]);
}

it('the approval of whoever pushed a commit does not count, though somebody else is named as its author', async () => {
  world = createShipWorld();
  await world.start();
  await pushedBy('Ravi', world.first);
  const second = world.web.push('feature/banner', { files: { 'index.js': 'three' } });
  await pushedBy('lena', second);
  await world.ship();
  await world.followed();

  world.web.review(1, 'ravi', 'approved');
  world.web.review(1, 'lena', 'approved');
  world.web.review(1, 'sam', 'approved');
  const { standing } = await world.until(({ standing: now }) => (now?.approvedBy.length ?? 0) > 0);

  expect(standing?.approvedBy).toEqual(['sam']);
});
