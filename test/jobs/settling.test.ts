import { afterEach, describe, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, quickly, target } from './coloured-shop.ts';
import { europe } from './shop.ts';
import { createReturningWorld, type ReturningWorld } from './two-regions.ts';

/** Milliseconds. */
const settle = 8_000;
const bake = `${europe}/bake-25`;
const ofOurs = { blue: 75, green: 25 };

describe('what is measured before new weights have settled', () => {
  let world: ColouredWorld | ReturningWorld;
  afterEach(() => world.close());

  async function baking(): Promise<ColouredWorld> {
    const coloured = createColouredWorld({ timing: { ...quickly, settle } });
    world = coloured;
    await coloured.start();
    await coloured.begin();
    await coloured.untilStep(bake);
    return coloured;
  }

  /** Half of what the colour is asked fails in the midst of the time it takes to settle. */
  async function failMeanwhile(colour: 'blue' | 'green'): Promise<void> {
    await world.clock.advance(1_000);
    world.metrics.conduct(colour, { errors: 0.5 });
    await world.clock.advance(4_000);
    world.metrics.conduct(colour, {});
  }

  it('is not held against the release after a shift', async () => {
    const { ended } = await baking();
    await failMeanwhile('green');

    expect((await ended(1)).phase.kind).toBe('succeeded');
  });

  it('is not held against it after Forge has put its own weights in place of others', async () => {
    const { platform, untilPhase, resume, until, ended } = await baking();
    platform.moveTraffic(target, { blue: 40, green: 60 });
    await untilPhase(1, 'held');
    await resume(1);
    await until(() => JSON.stringify(platform.splits(target)) === JSON.stringify([ofOurs]));
    await failMeanwhile('green');

    expect((await ended(1)).phase.kind).toBe('succeeded');
  });

  it('is not held against the release that is back', async () => {
    const returning = createReturningWorld({ settle, watch: 30_000 });
    world = returning;
    await returning.start();
    await returning.deployed('v1.1.0');
    await returning.undo(1);
    await returning.until(async () => (await returning.deployment(2)).traffic[europe]?.took !== undefined);
    await failMeanwhile('blue');

    expect((await returning.ended(2)).steps[`${europe}/watch`]).toMatchObject({
      detail: 'nothing unusual in 30 seconds',
    });
  });
});
