import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepArmed } from '../../jobs/keep-armed.ts';
import { everybody } from '../fakes/everybody.ts';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { europe } from './shop.ts';

const bake = `${europe}/bake-25`;

describe('what is known of the dead-man switch', () => {
  let world: ColouredWorld;

  beforeEach(async () => {
    world = createColouredWorld({
      steps: [
        { weight: 25, bake: 600_000 },
        { weight: 100, bake: 10_000 },
      ],
    });
    await world.start();
    await world.begin();
    await world.untilStep(bake);
  });
  afterEach(() => world.close());

  const stateOf = async () => (await world.deployment(1)).switches[europe]?.kind;

  /** Keeps switches armed for so many milliseconds in a process whose runs have not begun yet. */
  async function keepFor(milliseconds: number): Promise<void> {
    const { adapters, smoke, metrics, deadMan } = world;
    const stopping = new AbortController();
    const kept = keepArmed(
      { ...adapters, smokeProbe: smoke.probe, metrics, deadMan, people: everybody },
      stopping.signal,
    );
    const stopped = expect(kept).rejects.toThrow('enough');
    await world.clock.advance(milliseconds);
    stopping.abort(new Error('enough'));
    await stopped;
  }

  it('stays as it was after it fired, so that its weights are seen to be its own', async () => {
    world.crash();
    await world.clock.advance(60_000);
    world.deadMan.act();
    await keepFor(15_000);
    const known = await stateOf();
    await world.start();

    expect(known).toBe('armed');
    expect(await world.ended(1)).toMatchObject({
      phase: {
        kind: 'rolled-back',
        reason: expect.stringContaining('the dead-man switch moved the traffic'),
      },
    });
  });

  it('is that it is gone only when that was read', async () => {
    world.crash();
    world.platform.sicken(target, 'blue', 0);
    world.deadMan.expectLate();
    await keepFor(25_000);
    const known = await stateOf();
    world.deadMan.mend();
    await keepFor(15_000);

    expect(known).toBe('armed');
    expect(await stateOf()).toBe('not-armed');
  });

  it('stays that there is none while weights are somebody else’s, which it would write over', async () => {
    world.platform.moveTraffic(target, { blue: 40, green: 60 });
    await world.untilPhase(1, 'held');
    world.deadMan.steal(target);
    await world.clock.advance(30_000);
    const meanwhile = { known: await stateOf(), isSet: world.deadMan.due(target) !== undefined };
    world.platform.moveTraffic(target, { blue: 75, green: 25 });

    await world.until(async () => (await stateOf()) === 'armed');
    expect(meanwhile).toEqual({ known: 'not-armed', isSet: false });
  });
});
