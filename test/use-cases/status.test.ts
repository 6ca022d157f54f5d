import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { splitTo } from '../../src/domain/traffic.ts';
import { status } from '../../src/use-cases/status.ts';
import { aPerson, aRequestedEvent } from '../builders.ts';
import { anAsking } from '../in-phase.ts';
import { createForgeWorld, type ForgeWorld } from '../jobs/forge-world.ts';
import { america, europe, giveLive, production, staging } from '../jobs/shop.ts';
import { aCanary, moved } from '../views/canary.ts';

describe('status', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  it('says what runs in every region of every environment, as AWS says it now', async () => {
    giveLive(world.platform, 'v1.2.0', production, america);

    const found = await status({}, world.adapters);

    expect(
      found.map(({ service, environment, regions }) => [
        service.name,
        environment.name,
        regions.map((region) => region.kind === 'live' && `${region.region} ${region.live.version}`),
      ]),
    ).toEqual([
      ['checkout', 'staging', [`${europe} v1.0.0`]],
      ['checkout', 'production', [`${america} v1.2.0`, `${europe} v1.0.0`]],
    ]);
  });

  it('says who put there what Forge last put there, and what is under way', async () => {
    await world.deploy('v1.1.0');
    await world.request('v1.2.0');

    const [found] = await status({ environment: 'staging' }, world.adapters);

    expect(found).toMatchObject({ last: { number: 1 }, running: { number: 2 } });
  });

  it('tells what is under way from what waits for people or for its time, whichever was asked for first', async () => {
    const events = (number: number, ...more: DeploymentEvent[]) => ({
      ...{
        kind: 'append' as const,
        deployment: number,
        expect: 0 as const,
        by: aPerson,
        cause: `story ${number}`,
      },
      events: [aRequestedEvent({ environment: staging.name }), ...more],
    });
    await world.store.commit([events(1, { type: 'checking' }, anAsking())]);
    await world.store.commit([events(2, { type: 'waiting', for: 'schedule', why: 'It is scheduled.' })]);
    await world.store.commit([events(3, { type: 'checking' }, { type: 'started' })]);

    const [found] = await status({ environment: 'staging' }, world.adapters);

    expect(found?.running?.number).toBe(3);
    expect(found?.waiting.map(({ number }) => number)).toEqual([1, 2]);
  });

  it.each([
    [{ service: 'checkout' }, 2],
    [{ environment: production.name }, 1],
    [{ service: 'checkout', environment: staging.name }, 1],
    [{ service: 'nobody' }, 0],
  ])('of %o is of that only', async (filter, count) => {
    expect(await status(filter, world.adapters)).toHaveLength(count);
  });

  it('says in words that AWS took too long', async () => {
    world.platform.live = async () => {
      throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    };

    const [found] = await status({ environment: 'staging' }, world.adapters);

    expect(found?.regions).toEqual([
      { kind: 'unknown', region: europe, reason: 'AWS did not answer within 20 seconds.' },
    ]);
  });

  it('says of a region that AWS does not speak of that it is unknown, and why', async () => {
    world.platform.break({ method: 'live', kind: 'unavailable', region: america });

    const [found] = await status({ environment: 'production' }, world.adapters);

    expect(found?.regions).toMatchObject([
      { kind: 'unknown', region: america, reason: 'The platform did not answer live.' },
      { kind: 'live', region: europe },
    ]);
  });

  describe('while a deployment moves traffic', () => {
    const target = { service: 'checkout', environment: staging.name, region: europe };
    const inAmerica = { ...target, environment: production.name, region: america };
    const images = {
      blue: { version: 'v1.0.0', commit: 'a'.repeat(40), digest: `sha256:${'a'.repeat(64)}` },
      green: { version: 'v1.1.0', commit: 'b'.repeat(40), digest: `sha256:${'b'.repeat(64)}` },
    };

    beforeEach(async () => {
      world.platform.giveColours(target, {
        image: images.blue,
        idle: { image: images.green, desired: 2 },
      });
      await world.platform.setTraffic(target, splitTo('green', 25), { signal: AbortSignal.timeout(5_000) });
      await world.adapters.store.commit([
        {
          ...{ kind: 'append', deployment: 1, expect: 0, by: aPerson, cause: 'the story' },
          events: [
            aRequestedEvent({ plan: aCanary([europe]), environment: staging.name }),
            { type: 'started' },
            ...moved(25, { region: europe }),
          ],
        },
      ]);
    });

    it('says how it is split, as the load balancer says now', async () => {
      const [found] = await status({ environment: 'staging' }, world.adapters);

      expect(found?.regions).toEqual([{ kind: 'moving', region: europe, split: { blue: 75, green: 25 } }]);
    });

    it('says of a region where none has been moved yet what is live there', async () => {
      world.platform.giveColours(inAmerica, { image: images.blue });
      const regions = [america, europe];
      await world.adapters.store.commit([
        {
          ...{ kind: 'append', deployment: 2, expect: 0, by: aPerson, cause: 'another story' },
          events: [
            aRequestedEvent({ plan: aCanary(regions), environment: production.name }),
            { type: 'started' },
            ...moved(25, { region: america }),
          ],
        },
      ]);

      const [found] = await status({ environment: 'production' }, world.adapters);

      expect(found?.regions).toMatchObject([
        { kind: 'moving', region: america },
        { kind: 'live', region: europe, live: { version: 'v1.0.0' } },
      ]);
    });
  });
});
