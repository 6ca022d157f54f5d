import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import { europe, giveLive, staging, targetIn } from './shop.ts';
import { contradiction, stick } from './stick.ts';

describe('a deployment whose run is stuck after a step of it failed', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;

  /** Resolves when the step has failed and the run got no further. */
  async function stuckOnceFailed(): Promise<void> {
    const failed = world.upon({ type: 'step-failed', step: `${europe}/start` }, () => world.crash());
    await world.request('v1.1.0');
    await world.until(async () => (await world.eventTypes(1)).includes('step-failed'), { step: 20 });
    await failed;
    expect((await world.eventTypes(1)).at(-1)).toBe('step-failed');
    await stick(world, 'deploy/1');
  }

  it('is put back for the reason it failed: nobody is asked whether to go on', async () => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    await stuckOnceFailed();
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'exited with 1' });
    expect(await world.eventTypes(1)).not.toContain('held');
    expect(desired()).toBe('v1.0.0');
    const continued = (await world.store.events(1)).find(({ event }) => event.type === 'continued');
    expect(continued?.event).toMatchObject({
      reason: 'Forge was updated while it worked on this.',
      detail: `Run deploy/1 is stuck. ${contradiction}`,
    });
  });

  it('because somebody else changed the service is left as it is', async () => {
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    const replaced = world.upon({ type: 'step-progressed', step: `${europe}/start` }, () =>
      giveLive(world.platform, 'v1.3.0', staging),
    );
    await stuckOnceFailed();
    await replaced;
    await world.start();

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({ kind: 'left', by: { kind: 'job' } });
    expect(desired()).toBe('v1.3.0');
  });
});
