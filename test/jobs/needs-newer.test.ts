import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeployInput, deploy } from '../../jobs/deploy.ts';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import { staging, targetIn } from './shop.ts';

describe('a deployment that a newer version of Forge began', () => {
  let world: ForgeWorld;
  let isNewer: boolean;

  beforeEach(async () => {
    isNewer = true;
    world = createForgeWorld({
      define(engine, reached) {
        if (!isNewer) return;
        engine.define<DeployInput, undefined>('deploy', 2, async (context) => {
          await deploy(context, reached);
          return undefined;
        });
      },
    });
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.start();
    await world.request('v1.1.0');
    await world.until(async () => (await world.eventTypes(1)).includes('step-progressed'));
    world.crash();
    isNewer = false;
    await world.start();
  });
  afterEach(() => world.close());

  const blocked = async () =>
    (await world.store.events(1)).flatMap(({ event }) => (event.type === 'blocked' ? [event.reason] : []));

  it('waits, and people are told so once', async () => {
    await world.clock.advance(10 * 60_000);

    expect(await blocked()).toEqual([
      'A newer version of Forge began this, and an older one runs now (deploy needs version 2). It goes on when the newer one runs again.',
    ]);
    expect((await world.deployment(1)).phase.kind).toBe('running');
    expect(world.platform.calls.map(({ method }) => method)).not.toContain('restore');
  });

  it('goes on when the newer one runs again', async () => {
    await world.until(async () => (await blocked()).length === 1);
    world.crash();
    isNewer = true;
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(deployment).not.toHaveProperty('trouble');
    expect(world.platform.changes).toHaveLength(1);
  });

  it('is put back by the older one when somebody aborts', async () => {
    await world.until(async () => (await blocked()).length === 1);
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.platform.desired(targetIn(staging)).version).toBe('v1.0.0');
  });
});
