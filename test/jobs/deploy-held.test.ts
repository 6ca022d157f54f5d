import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import { production, staging, targetIn } from './shop.ts';

const methods = ['start', 'health', 'runningImages'] as const;

describe('a deployment while AWS is silent', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;

  async function held(method: (typeof methods)[number] = 'health'): Promise<Deployment> {
    await world.request('v1.1.0');
    world.platform.break({ method, kind: 'unavailable' });
    return world.untilPhase(1, 'held');
  }

  it.each(methods)('in %s is held with a question that says what each answer means', async (method) => {
    const deployment = await held(method);

    expect(deployment.phase).toMatchObject({
      kind: 'held',
      question: `AWS does not answer for Checkout in staging: The platform did not answer ${method}.`,
      resumeMeans:
        'Resume asks AWS again at once and goes on with v1.1.0; Forge does that by itself as soon as AWS answers.',
      abortMeans: 'Abort puts v1.0.0 back.',
    });
  });

  it.each(methods)('that never comes back from %s is held too', async (method) => {
    await world.request('v1.1.0');
    world.platform.break({ method, kind: 'hang' });

    const deployment = await world.untilPhase(1, 'held');

    expect(deployment.phase).toMatchObject({
      question: 'AWS does not answer for Checkout in staging: no answer within 10 seconds.',
    });
  });

  it.each(methods)('for a moment in %s goes on without a question', async (method) => {
    world.platform.break({ method, kind: 'unavailable', times: 3 });

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase.kind).toBe('succeeded');
    expect(await world.eventTypes(1)).not.toContain('held');
  });

  it('now and then is not held, however long that goes on', async () => {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 40 });
    const { health } = world.platform;
    let count = 0;
    world.platform.health = (...asked) => {
      count += 1;
      if (count % 3 === 0) world.platform.break({ method: 'health', kind: 'unavailable', times: 1 });
      return health.apply(world.platform, asked);
    };

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase.kind).toBe('succeeded');
    expect(await world.eventTypes(1)).not.toContain('held');
  });

  it.each(methods)('in %s goes on when it answers again and somebody resumes', async (method) => {
    await held(method);
    world.platform.mend();
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(desired()).toBe('v1.1.0');
    expect(world.platform.changes).toHaveLength(1);
  });

  it('gets its whole time to become healthy after somebody resumed', async () => {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 20 });
    await held();
    await world.clock.advance(100_000);
    world.platform.mend();
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
  });

  it('after the effect of a call goes on from that effect', async () => {
    await world.request('v1.1.0');
    world.platform.break({ method: 'start', kind: 'unavailable-after', times: 1 });

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.platform.changes).toHaveLength(1);
  });

  it('asks again when it is still silent after somebody resumed', async () => {
    await held();
    await world.resume(1);
    await world.until(async () => {
      const types = await world.eventTypes(1);
      return types.filter((type) => type === 'held').length === 2;
    });
    world.platform.mend();
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
  });

  it('asks about the region that is silent and keeps what is done', async () => {
    await world.request('v1.1.0', { environment: production });
    world.platform.break({ method: 'start', kind: 'unavailable', region: 'eu-west-1' });
    await world.untilPhase(1, 'held');
    world.platform.mend();
    await world.resume(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.platform.changes).toHaveLength(2);
  });
});
