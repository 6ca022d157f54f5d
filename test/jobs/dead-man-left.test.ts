import { afterEach, describe, expect, it } from 'vitest';
import { isBlocked } from '../../src/domain/deployment.ts';
import { takeOver } from '../../src/use-cases/take-over.ts';
import { person } from './forge-world.ts';
import { europe } from './shop.ts';
import { createReturningWorld, inEurope, type ReturningWorld } from './two-regions.ts';

describe('a dead-man switch that was left behind', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  const stateOf = async (number: number) => (await world.deployment(number)).switches[europe]?.kind;

  /** #1 is left to a person, with its traffic back and its switch not proven gone. */
  async function left(): Promise<void> {
    world = createReturningWorld({ steps: [{ weight: 100, bake: 60_000 }] });
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/bake-100');
    world.deadMan.break('disarm', 'unavailable');
    await world.abort(1);
    await world.until(async () => isBlocked(await world.deployment(1)));
    await takeOver({ deployment: 1 }, person(), world.store);
  }

  it('is taken away as soon as AWS lets it', async () => {
    await left();
    await world.clock.advance(60_000);
    const meanwhile = await stateOf(1);
    world.deadMan.mend();
    await world.until(async () => (await stateOf(1)) === 'disarmed');

    expect(meanwhile).toBe('armed');
    expect(world.deadMan.due(inEurope)).toBeUndefined();
  });

  it('by a call whose answer was lost is taken away when the deployment is stopped', async () => {
    world = createReturningWorld();
    world.deadMan.break('arm', 'unavailable-after');
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, 'eu-west-1/arm');
    await world.clock.advance(3_000);
    const meanwhile = { isSet: world.deadMan.due(inEurope) !== undefined, state: await stateOf(1) };
    await world.abort(1);
    const deployment = await world.ended(1);

    expect(meanwhile).toEqual({ isSet: true, state: undefined });
    expect(deployment.phase.kind).toBe('aborted');
    expect(world.deadMan.due(inEurope)).toBeUndefined();
  });

  it('is not mistaken for the one that a newer deployment has set', async () => {
    await left();
    await world.ask('v1.2.0');
    await world.untilStep(2, 'eu-west-1/bake-100');
    world.deadMan.mend();
    await world.clock.advance(30_000);
    const meanwhile = {
      isSet: world.deadMan.due(inEurope) !== undefined,
      states: [await stateOf(1), await stateOf(2)],
    };
    const newer = await world.ended(2);
    await world.until(async () => (await stateOf(1)) === 'disarmed');

    expect(meanwhile).toEqual({ isSet: true, states: ['armed', 'armed'] });
    expect(newer.phase.kind).toBe('succeeded');
    expect((await world.eventTypes(2)).filter((type) => type === 'switch-armed')).toHaveLength(1);
  });
});
