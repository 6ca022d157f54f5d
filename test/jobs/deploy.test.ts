import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import { america, europe, production, staging, targetIn } from './shop.ts';

describe('a deployment', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = (region = europe, environment = staging) =>
    world.platform.desired(targetIn(environment, region)).version;

  it('puts the release on the service, tries it out and confirms what runs', async () => {
    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase).toEqual({ kind: 'succeeded' });
    expect(deployment.steps).toMatchObject({
      'eu-west-1/start': { kind: 'finished', detail: '2 of 2 tasks healthy' },
      'eu-west-1/smoke': { kind: 'finished', detail: '3 requests answered as expected' },
      'eu-west-1/verify': { kind: 'finished', detail: '2 of 2 tasks run v1.1.0' },
    });
    expect(desired()).toBe('v1.1.0');
    expect(world.platform.changes).toHaveLength(1);
    expect(world.reports).toEqual([]);
  });

  it('goes region by region, and begins the next only when one is confirmed', async () => {
    let meanwhile: string | undefined;
    const seen = world.upon({ type: 'step-started', step: 'us-east-1/verify' }, async () => {
      meanwhile = desired(europe, production);
    });
    const deployment = await world.deploy('v1.1.0', { environment: production });
    await seen;

    expect(meanwhile).toBe('v1.0.0');
    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.platform.changes.map((line) => line.split(' ')[0])).toEqual([
      'checkout/production/us-east-1',
      'checkout/production/eu-west-1',
    ]);
  });

  it('that cannot start is taken back, and says why', async () => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'Essential container exited with 1' });

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'Essential container exited with 1' });
    expect(deployment.steps['eu-west-1/start']).toMatchObject({
      kind: 'failed',
      reason: 'Essential container exited with 1',
    });
    expect(deployment.restores).toEqual({
      [europe]: { kind: 'restored', detail: '2 of 2 tasks run v1.0.0' },
    });
    expect(desired()).toBe('v1.0.0');
  });

  it('that does not become healthy in time is taken back, and says how far it came', async () => {
    world.platform.behave('v1.1.0', { kind: 'stalling' });

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase).toMatchObject({
      kind: 'rolled-back',
      reason: 'only 0 of 2 tasks were healthy after 60 seconds.',
    });
    expect(desired()).toBe('v1.0.0');
  });

  it('that fails its smoke tests as often in a row as they must pass is taken back', async () => {
    const failed = { kind: 'failed', reason: 'GET /health answered 500' } as const;
    world.smoke.next({ kind: 'passed' }, failed, failed, { kind: 'passed' }, failed, failed, failed);

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'GET /health answered 500' });
    expect(world.smoke.requests).toHaveLength(7);
    expect(desired()).toBe('v1.0.0');
  });

  it('whose smoke tests fail now and then goes on once they pass three times in a row', async () => {
    const failed = { kind: 'failed', reason: 'GET /health answered 500' } as const;
    world.smoke.next({ kind: 'passed' }, failed, failed, { kind: 'passed' }, { kind: 'passed' }, failed);

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.smoke.requests).toHaveLength(9);
  });

  it('whose smoke tests never settle is taken back when their time is over', async () => {
    const flapping = [{ kind: 'passed' }, { kind: 'failed', reason: 'GET /health answered 500' }] as const;
    world.smoke.next(...Array.from({ length: 40 }, () => flapping).flat());

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase.kind).toBe('rolled-back');
    expect(desired()).toBe('v1.0.0');
  });

  it('whose tasks run another image than the release’s is taken back', async () => {
    world.platform.claimImages('v1.1.0', { kind: 'different', reason: 'A task runs another image.' });

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'A task runs another image.' });
    expect(desired()).toBe('v1.0.0');
  });

  it('whose images nobody can tell is not taken for a success', async () => {
    world.platform.claimImages('v1.1.0', { kind: 'unknown', reason: 'The tasks report no digest.' });

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'The tasks report no digest.' });
    expect(desired()).toBe('v1.0.0');
  });

  it('that fails in its second region is taken back in the first one too', async () => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'CannotPullContainer' }, europe);

    const deployment = await world.deploy('v1.1.0', { environment: production });

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'CannotPullContainer' });
    expect(desired(america, production)).toBe('v1.0.0');
    expect(desired(europe, production)).toBe('v1.0.0');
  });

  it('that fails in its first region leaves the second untouched', async () => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'CannotPullContainer' });

    const deployment = await world.deploy('v1.1.0', { environment: production });

    expect(Object.keys(deployment.restores)).toEqual([america]);
    expect(world.platform.changes.join()).not.toContain('eu-west-1');
  });

  it.each(['start', 'health', 'runningImages'] as const)(
    'is taken back when AWS refuses to %s, and says what AWS says',
    async (method) => {
      world.platform.break({ method, kind: 'refused', times: 1 });

      const deployment = await world.deploy('v1.1.0');

      expect(deployment.phase).toMatchObject({
        kind: 'rolled-back',
        reason: `The platform refuses ${method}.`,
      });
      expect(desired()).toBe('v1.0.0');
    },
  );

  it.each(['start', 'health', 'runningImages'] as const)(
    'is taken back when Forge itself fails in %s, and does not blame the release',
    async (method) => {
      world.platform.break({ method, kind: 'fault', times: 1 });

      const deployment = await world.deploy('v1.1.0');

      expect(deployment.phase).toMatchObject({
        kind: 'rolled-back',
        reason: `Forge itself had a problem and stopped to be safe: ${method} is not a function`,
      });
      expect(desired()).toBe('v1.0.0');
    },
  );

  it('shows how many tasks are healthy while it starts', async () => {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 4 });

    const { number } = await world.deploy('v1.1.0');

    const events = (await world.store.events(number)).map(({ event }) => event);
    expect(events).toContainEqual({
      type: 'step-progressed',
      step: 'eu-west-1/start',
      progress: { done: 1, of: 2 },
    });
    expect(events.filter(({ type }) => type === 'step-progressed')).toHaveLength(1);
  });
});
