import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import { europe, giveLive, staging, targetIn } from './shop.ts';
import { stick } from './stick.ts';

describe('putting back what somebody else changed while people were asked', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.request('v1.1.0');
    await world.until(async () => (await world.eventTypes(1)).includes('step-progressed'));
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;

  async function heldAsStuck(): Promise<void> {
    await stick(world, 'deploy/1');
    await world.start();
    await world.untilPhase(1, 'held');
  }

  it('leaves it as it is after an abort, and says what it found', async () => {
    await heldAsStuck();
    giveLive(world.platform, 'v1.3.0', staging);
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(deployment.phase).toMatchObject({
      kind: 'left',
      reason: 'somebody else put v1.3.0 on Checkout in eu-west-1 meanwhile.',
      by: { kind: 'job' },
    });
    expect(deployment.restores[europe]?.kind).toBe('left');
    expect(world.platform.calls.map(({ method }) => method)).not.toContain('restore');
    expect(desired()).toBe('v1.3.0');
  });

  it('leaves it as it is when nobody answers', async () => {
    await heldAsStuck();
    giveLive(world.platform, 'v1.3.0', staging);

    expect((await world.ended(1)).phase.kind).toBe('left');
    expect(desired()).toBe('v1.3.0');
  });

  it('leaves it as it is where AWS was silent while they were asked', async () => {
    world.platform.break({ method: 'health', kind: 'unavailable' });
    await world.untilPhase(1, 'held');
    giveLive(world.platform, 'v1.3.0', staging);
    await world.abort(1);
    world.platform.mend();

    expect((await world.ended(1)).phase.kind).toBe('left');
    expect(desired()).toBe('v1.3.0');
  });

  it('confirms what is to be put back where they put it back themselves', async () => {
    await heldAsStuck();
    giveLive(world.platform, 'v1.0.0', staging);
    await world.abort(1);

    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(desired()).toBe('v1.0.0');
  });

  it('goes on though AWS does not say what is live', async () => {
    await heldAsStuck();
    world.platform.break({ method: 'live', kind: 'unavailable' });
    await world.abort(1);

    expect((await world.ended(1)).phase.kind).toBe('aborted');
    expect(desired()).toBe('v1.0.0');
  });
});
