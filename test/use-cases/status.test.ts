import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { status } from '../../src/use-cases/status.ts';
import { createForgeWorld, type ForgeWorld } from '../jobs/forge-world.ts';
import { america, europe, giveLive, production, staging } from '../jobs/shop.ts';

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
});
