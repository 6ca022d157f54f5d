import { expect, it } from 'vitest';
import { createDeliveryDesk } from '../../src/use-cases/take-delivery.ts';
import { silentLog } from '../fakes/log.ts';
import { createShipWorld } from './ship-world.ts';

it('looks again at what GitHub tells of after the look that it rang for before', async () => {
  const world = createShipWorld();
  await world.start();
  await world.ship();
  await world.followed();
  await world.pass(400_000);
  const { store, policy, clock } = world.adapters;
  const desk = createDeliveryDesk({ store, policy, clock, log: silentLog });
  const told = async (id: string) => {
    const where = { repository: 'acme/checkout', branches: ['feature/banner'], commits: [] };
    await desk.keep({ id, told: { event: 'check_run', ...where, said: `said/${id}` } });
    await desk.process(id);
    await world.pass(1_000);
  };

  await told('one');
  world.web.setCheck('feature/banner', { name: 'build', state: 'failed' });
  await told('two');

  expect((await world.shipment()).standing?.checks).toMatchObject([{ name: 'build', state: 'failed' }]);
  await world.close();
});
