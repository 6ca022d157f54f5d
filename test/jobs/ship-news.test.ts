import { afterEach, describe, expect, it } from 'vitest';
import type { NewsDelivery } from '../../src/ports/delivery.ts';
import { createDeliveryDesk } from '../../src/use-cases/take-delivery.ts';
import { wakeByNews } from '../../src/use-cases/wake-by-news.ts';
import { silentLog } from '../fakes/log.ts';
import { createShipWorld, type ShipWorld } from './ship-world.ts';

let world: ShipWorld;
afterEach(() => world.close());

/** A shipment that was followed for so long that it is looked at every twenty seconds. */
async function followedForLong(): Promise<void> {
  world = createShipWorld();
  await world.start();
  await world.ship();
  await world.followed();
  await world.pass(400_000);
}

/** The code host tells that something is new; whether anybody waits for it. */
async function told(id: string, change: Partial<NewsDelivery> = {}): Promise<boolean> {
  const { store, policy, clock } = world.adapters;
  const desk = createDeliveryDesk({ store, policy, clock, log: silentLog });
  const where = { branches: ['feature/banner'], commits: [], said: `said/${id}` };
  const news = { event: 'check_run' as const, repository: 'acme/checkout', ...where, ...change };
  if (!(await desk.isAwaited(news)) || !(await desk.keep({ id, told: news }))) return false;
  await desk.process(id);
  return true;
}

describe('a shipment that GitHub tells of', () => {
  it('shows at once what GitHub itself says, and not only at its next look', async () => {
    await followedForLong();
    world.web.setCheck('feature/banner', { name: 'build', state: 'failed' });
    await world.pass(1_000);
    const before = (await world.shipment()).standing?.checks;

    await told('one');
    await world.pass(1_000);

    expect(before).toEqual([]);
    expect((await world.shipment()).standing?.checks).toMatchObject([{ name: 'build', state: 'failed' }]);
  });

  it('is looked at once by a hundred of them at the same time', async () => {
    await followedForLong();
    const before = world.host.count('checks');
    const news = { repository: 'acme/checkout', branches: ['feature/banner'], commits: [] };
    const rings = Array.from({ length: 100 }, (_, index) =>
      wakeByNews(news, { id: `github/${index}` }, world.adapters),
    );

    await world.store.commit((await Promise.all(rings)).flat());
    await world.pass(1_000);

    expect(world.host.count('checks') - before).toBe(1);
  });

  it('is not believed what was delivered: without anything new nothing is written', async () => {
    await followedForLong();
    const before = await world.types();

    await told('one', { event: 'pull_request', commits: ['f'.repeat(40)] });
    await world.pass(1_000);

    expect(await world.types()).toEqual(before);
  });

  it('is woken no more once it is over', async () => {
    await followedForLong();
    await world.cancel();
    await world.pass(1_000);

    expect(await told('one')).toBe(false);
  });
});
