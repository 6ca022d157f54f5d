import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { previewRollback, previewRollbackOf } from '../../src/use-cases/preview-rollback.ts';
import { rollBack } from '../../src/use-cases/roll-back.ts';
import { createForgeWorld, type ForgeWorld, person } from '../jobs/forge-world.ts';
import { checkout, europe, giveLive, shopPolicy, staging, targetIn } from '../jobs/shop.ts';

const place = { service: checkout, environment: staging };

describe('a rollback', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;
  const preview = () => previewRollback(place, world.adapters);

  /** What the button of deployment `undoes` carried when it was drawn. */
  async function seenOf(
    undoes: number,
  ): Promise<{ undoes: number; seen: { generation: number; digest: string } }> {
    const { generation, plan } = await world.deployment(undoes);
    return { undoes, seen: { generation, digest: plan.digest } };
  }

  it('says from what to what it would go, and how long that takes', async () => {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 20 });
    const { number, steps } = await world.deploy('v1.1.0');

    const found = await preview();

    const start = steps['eu-west-1/start'];
    const startSeconds = start?.kind === 'finished' ? (start.endedAt - start.startedAt) / 1000 : Number.NaN;
    expect(found).toMatchObject({ kind: 'undo', undoes: { number }, plan: { to: { version: 'v1.0.0' } } });
    expect(found.kind === 'undo' && found.seconds).toBeGreaterThanOrEqual(Math.round(startSeconds));
    // As long as it took this time, not as long as it usually takes.
    expect(found.kind === 'undo' && found.seconds).toBeLessThan(startSeconds + 60);
    expect(world.platform.changes).toHaveLength(1);
  });

  it('puts exactly the earlier revision back, proves it, and takes back what it undoes', async () => {
    const before = world.platform.desired(targetIn(staging)).revision;
    await world.deploy('v1.1.0');

    const rollback = await world.undone(1);

    expect(rollback).toMatchObject({ number: 2, undoes: 1, phase: { kind: 'succeeded' } });
    expect(world.platform.desired(targetIn(staging)).revision).toBe(before);
    expect(rollback.steps['eu-west-1/verify']).toMatchObject({ detail: '2 of 2 tasks run v1.0.0' });
    expect(await world.deployment(1)).toMatchObject({ undoneBy: 2 });
    expect(await world.deployment(1)).not.toHaveProperty('undoingBy');
  });

  it('keeps who asked and why', async () => {
    await world.deploy('v1.1.0');
    const request = { ...(await seenOf(1)), why: 'customers see errors' };

    await rollBack(request, person('U0LEO'), world.adapters);

    expect(await world.deployment(2)).toMatchObject({
      requestedBy: { userId: 'U0LEO' },
      why: 'customers see errors',
    });
    expect(await world.deployment(1)).toMatchObject({ undoingBy: 2 });
  });

  it('of what is under way means aborting it', async () => {
    await world.request('v1.1.0');

    expect(await preview()).toMatchObject({ kind: 'abort', deployment: { number: 1 } });
    expect(await previewRollbackOf(1, world.adapters)).toMatchObject({ kind: 'abort' });
    await expect(world.undo(1)).rejects.toThrow('use `/forge abort #1` to stop it');
  });

  it('gets over AWS blinking, when it is shown and when it is confirmed', async () => {
    await world.deploy('v1.1.0');
    const request = await seenOf(1);

    world.platform.break({ method: 'live', kind: 'unavailable', times: 2 });
    const shown = preview();
    await world.clock.advance(2_000);
    world.platform.break({ method: 'live', kind: 'unavailable', times: 2 });
    const confirmed = rollBack(request, person(), world.adapters);
    await world.clock.advance(2_000);

    expect(await shown).toMatchObject({ kind: 'undo' });
    expect(await confirmed).toMatchObject({ kind: 'requested', deployment: 2 });
  });

  it('without a number never goes to a release that was taken back there', async () => {
    await world.deploy('v1.1.0');
    await world.undone(1);
    giveLive(world.platform, 'v1.1.0', staging, europe);
    await world.deploy('v1.2.0');

    await expect(preview()).rejects.toThrow(
      'Before #3 ran v1.1.0, which is no release to go back to: #1 deployed it last, and #2 rolled that back. Say where to go instead: `/forge deploy checkout staging` and a version.',
    );
  });

  it('without a number never goes to a release that failed there, but does where its number or the release is named', async () => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    await world.deploy('v1.1.0');
    giveLive(world.platform, 'v1.1.0', staging, europe);
    await world.deploy('v1.2.0');

    await expect(preview()).rejects.toThrow('#1 deployed it last, and that failed.');
    const named = [
      await previewRollbackOf(2, world.adapters),
      await previewRollback(place, world.adapters, { version: 'v1.1.0' }),
    ];
    for (const found of named) {
      expect(found).toMatchObject({ kind: 'undo', plan: { to: { version: 'v1.1.0' } } });
    }
  });

  it('without a number goes back to a release that was deployed there again after it was taken back', async () => {
    await world.deploy('v1.1.0');
    await world.undone(1);
    await world.deploy('v1.1.0');
    await world.deploy('v1.2.0');

    expect(await preview()).toMatchObject({ kind: 'undo', plan: { to: { version: 'v1.1.0' } } });
  });

  it('of what is being put back already says so', async () => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    world.platform.break({ method: 'restore', kind: 'unavailable' });
    await world.request('v1.1.0');
    await world.untilPhase(1, 'rolling-back');

    await expect(previewRollbackOf(1, world.adapters)).rejects.toThrow('#1 is already being put back');
    await expect(preview()).rejects.toThrow('#1 is already being put back');
  });

  it('of a rollback is refused with what to do instead', async () => {
    await world.deploy('v1.1.0');
    await world.undone(1);

    await expect(world.undo(2)).rejects.toThrow(
      '#2 is itself a rollback: it undid #1. To have the newer release again, deploy it: `/forge deploy checkout staging v1.1.0`.',
    );
  });

  it('of what did not succeed says how that ended', async () => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    await world.deploy('v1.1.0');

    await expect(world.undo(1)).rejects.toThrow(
      '#1 is not live, so there is nothing of it to roll back: it failed',
    );
  });

  it('is refused when something else was put there outside Forge', async () => {
    await world.deploy('v1.1.0');
    giveLive(world.platform, 'v1.3.0', staging);

    await expect(preview()).rejects.toThrow(
      'Checkout runs v1.3.0 in eu-west-1, which #1 did not put there: somebody changed it outside Forge. Say where to go instead',
    );
  });

  it('is refused where Forge has not put anything', async () => {
    await expect(preview()).rejects.toThrow(
      'Forge has not put anything on Checkout in staging that it could take back.',
    );
  });

  it('of a service that the policy no longer has says so', async () => {
    await world.deploy('v1.1.0');
    const adapters = { ...world.adapters, policy: { ...shopPolicy, services: [] } };

    await expect(previewRollbackOf(1, adapters)).rejects.toThrow(
      'Ask an admin to put it back into forge.yml.',
    );
  });

  it('keeps what was put back though it fails its smoke test: the newer release never comes back by itself', async () => {
    await world.deploy('v1.1.0');
    world.smoke.always({ kind: 'failed', reason: 'GET /health answered 500' });

    const rollback = await world.undone(1);

    expect(rollback).toMatchObject({ phase: { kind: 'succeeded' } });
    expect(rollback.steps['eu-west-1/smoke']).toMatchObject({
      kind: 'failed',
      reason: 'GET /health answered 500',
    });
    expect(await world.deployment(1)).toMatchObject({ undoneBy: 2 });
    expect(desired()).toBe('v1.0.0');
  });

  it('is possible though nobody knows the digest of what ran before', async () => {
    world.platform.give(targetIn(staging), { version: 'by hand' });
    await world.deploy('v1.1.0');

    const rollback = await world.undone(1);

    expect(rollback.phase.kind).toBe('succeeded');
    expect(rollback.steps).not.toHaveProperty(`${europe}/verify`);
    expect(desired()).toBe('by hand');
  });
});
