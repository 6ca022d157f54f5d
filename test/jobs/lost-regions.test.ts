import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBlocked } from '../../src/domain/deployment.ts';
import { takeOver } from '../../src/use-cases/take-over.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { america, europe, production, targetIn } from './shop.ts';
import { contradiction, stick } from './stick.ts';

describe('putting back of which one region is lost while another does not get on', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' }, europe);
    const broken = world.upon({ type: 'restoring' }, () =>
      world.platform.break({ method: 'restore', kind: 'unavailable' }),
    );
    await world.request('v1.1.0', { environment: production });
    await world.untilPhase(1, 'rolling-back');
    await broken;
    await world.until(async () => Object.keys((await world.deployment(1)).restores).length === 2);
  });
  afterEach(() => world.close());

  const desired = (region: string) => world.platform.desired(targetIn(production, region)).version;
  const restoring = async (region: string) => {
    const runs = await world.engine().list({ statuses: ['queued', 'active'] });
    return runs.filter(({ id, job }) => job === 'restore-region' && id.includes(region)).map(({ id }) => id);
  };

  /** Leaves the region's run stuck, as an update may; in Europe AWS goes on not to answer. */
  async function lose(region: string): Promise<string> {
    const [run = ''] = await restoring(region);
    await stick(world, run);
    world.platform.mend();
    world.platform.break({ method: 'restore', kind: 'unavailable', region: europe });
    await world.start();
    return run;
  }

  it('goes on in both: the one that is lost waits for no other', async () => {
    const lost = await lose(america);

    const state = await world.until(async () => {
      const deployment = await world.deployment(1);
      return deployment.restores[america]?.kind === 'restored' && deployment;
    });

    expect(state.phase.kind).toBe('rolling-back');
    expect(state.restores[europe]?.kind).toBe('blocked');
    expect(desired(america)).toBe('v1.0.0');
    const told = (await world.store.events(1)).flatMap(({ event }) =>
      event.type === 'restore-blocked' && event.region === america ? [event.reason] : [],
    );
    expect(told.at(-1)).toBe(`Forge lost its own work on this (${lost}: ${contradiction}).`);
  });

  it('has one run a region, however long that takes, and ends when both are confirmed', async () => {
    await lose(america);
    world.platform.break({ method: 'restore', kind: 'unavailable', region: america });
    await world.clock.advance(10 * 60_000);
    const [inAmerica, inEurope] = [await restoring(america), await restoring(europe)];
    world.platform.mend();

    const deployment = await world.ended(1);

    expect(inAmerica).toHaveLength(1);
    expect(inEurope).toHaveLength(1);
    expect(deployment.phase).toMatchObject({ kind: 'rolled-back', reason: 'exited with 1' });
    expect([desired(america), desired(europe)]).toEqual(['v1.0.0', 'v1.0.0']);
    expect(await world.engine().list({ statuses: ['queued', 'active'] })).toEqual([]);
  });

  it('again and again goes on, and can be taken over', async () => {
    for (let times = 1; times <= 3; times += 1) {
      await lose(america);
      world.platform.break({ method: 'restore', kind: 'unavailable', region: america });
      await world.until(async () => (await restoring(america)).length === 1);
    }
    const blocked = await world.deployment(1);
    await takeOver({ deployment: 1 }, person('U0SAM'), world.store);
    await world.clock.advance(10 * 60_000);

    expect(isBlocked(blocked)).toBe(true);
    expect((await world.deployment(1)).phase.kind).toBe('left');
    expect(await world.engine().list({ statuses: ['queued', 'active'] })).toEqual([]);
  });
});
