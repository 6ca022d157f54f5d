import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdAutomatic, resumeAutomatic } from '../../src/use-cases/automatic-hold.ts';
import { aPolicy } from '../builders.ts';
import { createFollowWorld, type FollowWorld, followPolicy, staging } from './follow-world.ts';
import { person } from './forge-world.ts';

let world: FollowWorld;
beforeEach(async () => {
  world = await createFollowWorld();
  await world.start();
});
afterEach(() => world.close());

const inStaging = { service: 'api', environment: 'staging' };

describe('a hold', () => {
  it('keeps what is pushed from being deployed, tells it, and lets the newest go once it is over', async () => {
    await holdAutomatic({ ...inStaging, why: 'we look at it' }, person(), world.world);
    await world.told({ commit: world.push() });
    await world.pass();
    const newest = world.push();
    await world.told({ commit: newest });
    await world.pass();
    expect(await world.all()).toEqual([]);
    expect(await world.announced()).toEqual([
      'C0STAGING automatic-held',
      'C0STAGING automatic-not-deployed',
      'C0STAGING automatic-not-deployed',
    ]);

    await resumeAutomatic(inStaging, person(), world.world);
    await world.pass();

    expect(await world.asked()).toEqual([newest]);
  });

  it('ends what was asked for automatically and has not begun', async () => {
    await world.told({ commit: world.push() });
    await world.pass();

    await holdAutomatic(inStaging, person(), world.world);

    expect((await world.all())[0]?.phase).toMatchObject({ kind: 'superseded' });
    expect((await world.all())[0]?.phase).not.toHaveProperty('by');
  });

  it('is ended once: who comes later, or by the button of an earlier hold, is told so', async () => {
    await holdAutomatic(inStaging, person(), world.world);
    const hold = await world.store.automaticHold(inStaging);
    await resumeAutomatic({ ...inStaging, hold: hold?.id ?? '' }, person('U0SAM'), world.world);
    await holdAutomatic(inStaging, person(), world.world);

    const late = resumeAutomatic({ ...inStaging, hold: hold?.id ?? '' }, person(), world.world);

    await expect(late).rejects.toThrow('<@U0SAM> ended it');
    expect(await world.store.automaticHold(inStaging)).toMatchObject({ id: 'H2' });
    const ofAnother = resumeAutomatic({ ...inStaging, since: 7 }, person(), world.world);
    await expect(ofAnother).rejects.toThrow('is over. Nothing was done.');
  });

  it('is refused where nothing is deployed by itself', async () => {
    const { triggers: _none, ...quiet } = staging;
    const other = { ...world.world, policy: aPolicy({ ...followPolicy, environments: [quiet] }) };

    await expect(holdAutomatic(inStaging, person(), other)).rejects.toThrow(
      'Nothing is deployed to staging by itself',
    );
  });
});
