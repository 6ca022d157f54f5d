import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProductionWorld, type ProductionWorld } from './production-world.ts';
import { Story } from './story.ts';

const onBlue = ['api-blue 100, api-green 0'];
const region = 'us-east-1';
/** Milliseconds that each step is watched. */
const BAKE = 3_000;

describe('people', { timeout: 240_000 }, () => {
  let world: ProductionWorld;
  let story: Story;

  beforeAll(async () => {
    world = await createProductionWorld({
      strategy: '{ canary: [50% for 3s, 100% for 3s] }',
      standby: '1s',
      // On a busy machine few requests come within a second, and latency is not what these are about.
      gates: '{ 5xx: 1%, p95: off }',
    });
    story = new Story(world);
  });
  afterEach(() => story.endsAll());
  afterAll(() => world.stop());

  it.each(['start', 'smoke', 'bake-50', 'bake-100'])('stop it at %s', async (step) => {
    const number = await story.deploys('v1.1.0');
    await story.untilStep(number, `${region}/${step}`);

    await story.types('maya', `abort #${number} because the price list is wrong`);

    await story.untilPhase(number, 'aborted');
    expect(story.weights()).toEqual(onBlue);
  });

  it('roll back what is still under way', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);

    await story.types('maya', `rollback #${number}`);
    await story.agrees('maya');

    const state = await story.ended(number);
    expect(state.phase.kind).toBe('aborted');
    expect(state.traffic[region]).toMatchObject({ split: { green: 0 }, took: expect.any(Number) });
    expect(story.weights()).toEqual(onBlue);
  });

  it('pause it: nothing is promoted, and its watch begins again afterwards', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);
    const [confirmed] = await story.happened(number, 'traffic-confirmed');

    await story.types('maya', `pause #${number}`);
    await story.untilHappened(number, 'paused');
    await story.until('its watch would have been over', () => Date.now() > (confirmed?.at ?? 0) + 2 * BAKE);
    const during = await story.shifts(number);
    await story.clicks('lena', 'Resume', number);
    await story.untilBake(number, 100);

    const [unpaused] = await story.happened(number, 'unpaused');
    const [, next] = await story.happened(number, 'traffic-intended');
    expect(during).toEqual([50]);
    expect((next?.at ?? 0) - (unpaused?.at ?? 0)).toBeGreaterThanOrEqual(BAKE);
  });

  it('pause it, and a release that goes bad meanwhile is put back all the same', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);
    await story.types('maya', `pause #${number}`);
    await story.untilHappened(number, 'paused');

    story.behaves({ version: 'v1.1.0', errorPercent: 50 });

    await story.untilPhase(number, 'rolled-back');
    expect(await story.shifts(number)).toEqual([50, 0]);
  });

  it('pause it before it has any traffic', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilStep(number, `${region}/start`);

    await story.types('maya', `pause #${number}`);
    await story.until('it has started', async () => {
      const { steps } = await story.deployment(number);
      return steps[`${region}/start`]?.kind === 'finished';
    });
    const during = await story.shifts(number);
    await story.types('lena', `resume #${number}`);
    await story.untilBake(number, 50);

    expect(during).toEqual([]);
    expect(await story.happened(number, 'unpaused')).toHaveLength(1);
  });

  it('end a watch early only where they may', async () => {
    const number = await story.deploys('v1.1.0');
    await story.untilBake(number, 50);

    await story.types('maya', `skip #${number}`);
    await story.types('lena', `skip #${number}`);
    await story.untilBake(number, 100);
    await story.types('lena', `skip #${number}`);

    await story.untilPhase(number, 'succeeded');
    const skipped = await story.happened(number, 'skipped');
    expect(skipped.map(({ step }) => step)).toEqual([`${region}/bake-50`, `${region}/bake-100`]);
  });
});
