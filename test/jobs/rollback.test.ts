import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import { giveLive, staging, targetIn } from './shop.ts';

describe('a rollback', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
    await world.deploy('v1.1.0');
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;
  const restoring = { type: 'step-started', step: 'eu-west-1/restore' };

  async function blocked(): Promise<Deployment> {
    return world.until(async () => {
      const rollback = await world.deployment(2);
      return rollback.trouble !== undefined && rollback;
    });
  }

  it.each(['restore', 'health', 'runningImages'] as const)(
    'goes on when AWS answers again, however long it was silent in %s, and asks nobody',
    async (method) => {
      const broken = world.upon(restoring, () => world.platform.break({ method, kind: 'unavailable' }));
      await world.undo(1);
      await world.clock.advance(30 * 60_000);
      await broken;
      const meanwhile = await world.deployment(2);
      const told = (await world.eventTypes(2)).filter((type) => type === 'blocked').length;
      world.platform.mend();

      const rollback = await world.ended(2);

      expect(meanwhile.phase.kind).toBe('running');
      expect(told).toBeGreaterThan(1);
      expect(told).toBeLessThanOrEqual(7);
      expect(rollback.phase.kind).toBe('succeeded');
      expect(desired()).toBe('v1.0.0');
      expect(world.platform.changes).toHaveLength(2);
    },
  );

  it('waits with its checks for AWS too', async () => {
    await world.undo(1);
    world.platform.break({ method: 'live', kind: 'unavailable' });
    await blocked();
    world.platform.mend();

    expect((await world.ended(2)).phase.kind).toBe('succeeded');
  });

  it('is over with the old release live when a smoke test of it fails', async () => {
    world.smoke.always({ kind: 'failed', reason: 'GET /new answered 404' });

    const rollback = await world.undone(1);

    expect(rollback.phase.kind).toBe('succeeded');
    expect(rollback.steps['eu-west-1/smoke']).toMatchObject({
      kind: 'failed',
      reason: 'GET /new answered 404',
    });
    expect(desired()).toBe('v1.0.0');
    expect((await world.deployment(1)).undoneBy).toBe(2);
  });

  it('is over with the old release live when its images are not as expected', async () => {
    world.platform.claimImages('v1.0.0', { kind: 'different', reason: 'A task runs another image.' });

    const rollback = await world.undone(1);

    expect(rollback.phase.kind).toBe('succeeded');
    expect(rollback.steps['eu-west-1/verify']?.kind).toBe('failed');
    expect(desired()).toBe('v1.0.0');
  });

  it('whose old release cannot start keeps trying until a person aborts it', async () => {
    world.platform.behave('v1.0.0', { kind: 'failing', reason: 'exited with 1' });
    await world.undo(1);
    await blocked();
    await world.clock.advance(20 * 60_000);
    const meanwhile = { phase: (await world.deployment(2)).phase.kind, desired: desired() };
    await world.abort(2);

    const rollback = await world.ended(2);

    expect(meanwhile).toEqual({ phase: 'running', desired: 'v1.0.0' });
    expect(rollback.phase.kind).toBe('aborted');
    expect(desired()).toBe('v1.1.0');
  });

  it('leaves what somebody else put there, and is not counted as done', async () => {
    world.platform.behave('v1.0.0', { kind: 'stalling' });
    const interfered = world.upon({ type: 'step-progressed', step: 'eu-west-1/restore' }, () =>
      giveLive(world.platform, 'v1.3.0', staging),
    );
    await world.undo(1);

    const rollback = await world.ended(2);
    await interfered;

    expect(rollback.phase.kind).toBe('left');
    expect(desired()).toBe('v1.3.0');
    expect(await world.deployment(1)).not.toHaveProperty('undoneBy');
  });
});
