import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngineDriver } from '../../db/engine-driver.ts';
import { createShipWorld, type ShipWorld } from './ship-world.ts';
import { contradiction } from './stick.ts';

let world: ShipWorld;

beforeEach(async () => {
  world = createShipWorld({ reconciles: true });
  await world.start();
});
afterEach(() => world.close());

/** Stops the process and ends the run as an update of Forge may; then another process begins. */
async function lose(run: string): Promise<void> {
  await world.stop();
  const leadership = await createEngineDriver(world.database, world).tryToLead('another process');
  await leadership?.end(run, { status: 'stuck', error: contradiction });
  await leadership?.release();
  await world.start();
}

const goesOnIn = (expected: string) => world.until(({ run }) => run === expected);

describe('a branch that is shipped whose run is lost', () => {
  it('goes on by itself in another one, does nothing twice, and tells that once', async () => {
    await world.ship();
    await world.readyToMerge();
    await lose('ship/S1');
    await goesOnIn('ship/S1/2');

    await world.merge();
    const { merged } = await world.phase('deploying');
    world.built(merged?.commit ?? '');
    await world.phase('finished');
    await world.pass(20_000);

    expect(world.web.pulls.all()).toHaveLength(1);
    expect(await world.store.history({ limit: 5 })).toHaveLength(1);
    const told = world.thread().filter((line) => line.includes('Forge was updated while it worked on this.'));
    expect(told).toHaveLength(1);
    expect((await world.types()).filter((type) => type === 'continued')).toHaveLength(1);
  });

  it('is cancelled at once in its new run', async () => {
    world.runner.script('npm test', 'hang', 'hang');
    await world.ship();
    await world.until(() => world.runner.hanging.length === 1);
    await lose('ship/S1');
    await goesOnIn('ship/S1/2');
    await world.until(() => world.runner.requests.length === 2);

    await world.cancel();
    await world.pass(1_000);

    expect(world.runner.hanging).toEqual([]);
    expect(world.runner.requests).toHaveLength(2);
  });

  it('hears in its new run at once of what somebody presses', async () => {
    await world.ship();
    await world.readyToMerge();
    await lose('ship/S1');
    await goesOnIn('ship/S1/2');
    await world.pass(300_000);

    await world.merge();
    await world.pass(1_000);

    expect((await world.shipment()).phase.kind).toBe('deploying');
  });

  it('goes on again when that one is lost too, a little later each time, and nobody is told again', async () => {
    await world.ship();
    await world.followed();
    await lose('ship/S1');
    await goesOnIn('ship/S1/2');
    await lose('ship/S1/2');
    await goesOnIn('ship/S1/3');

    world.web.review(1, 'lena', 'approved');
    await world.ready();
    await world.pass(5_000);

    const told = world.thread().filter((line) => line.includes('It goes on by itself'));
    expect(told).toHaveLength(1);
  });

  it('is left alone while its run works, and once it is over', async () => {
    await world.ship();
    await world.followed();
    await world.pass(60_000);
    await world.cancel();
    await world.pass(60_000);

    expect(await world.types()).not.toContain('continued');
    expect((await world.shipment()).phase.kind).toBe('cancelled');
  });
});
