import { afterEach, expect, it } from 'vitest';
import { wakeByNews } from '../../src/use-cases/wake-by-news.ts';
import { type CodeWorld, ci, createCodeWorld } from './code-world.ts';

let world: CodeWorld;
afterEach(() => world.close());

it('a check that waits for GitHub is looked at as soon as GitHub tells of its commit', async () => {
  world = createCodeWorld({ checks: [ci] });
  await world.start();
  world.makeImages();
  world.web.setCheck(world.head, { name: 'build', state: 'waiting' });
  const number = await world.ask();
  await world.until(() => world.host.count('checks') === 1);
  world.web.setCheck(world.head, { name: 'build', state: 'passed' });
  const news = { repository: 'ACME/Checkout', branches: [], commits: [world.head] };

  await world.clock.advance(500);
  const before = world.host.count('checks');
  await world.store.commit(await wakeByNews(news, { id: 'github/one' }, world));
  await world.clock.advance(500);

  expect([before, world.host.count('checks')]).toEqual([1, 2]);
  await world.untilCheck(number, 'CI', 'passed');
});
