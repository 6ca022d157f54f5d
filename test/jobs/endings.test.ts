import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { previewRollback, previewRollbackOf } from '../../src/use-cases/preview-rollback.ts';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import { checkout, giveLive, production, staging, targetIn } from './shop.ts';

describe('what the end of a deployment means for others', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const desired = () => world.platform.desired(targetIn(staging)).version;

  /** What each deployment says of itself, oldest first. */
  async function story(): Promise<string[]> {
    const summaries = await world.store.history({ service: 'checkout', environment: 'staging', limit: 50 });
    const deployments = await Promise.all(summaries.map(({ number }) => world.deployment(number)));
    return deployments.toReversed().map(({ phase, undoneBy, replacedBy, undoingBy }) => {
      if (undoingBy !== undefined) return `being undone by ${undoingBy}`;
      if (undoneBy !== undefined) return `undone by ${undoneBy}`;
      return replacedBy === undefined ? phase.kind : `replaced by ${replacedBy}`;
    });
  }

  /** What "Roll back" would take back now. */
  async function undoable(): Promise<number | undefined> {
    const found = await previewRollback({ service: checkout, environment: staging }, world.adapters);
    return found.kind === 'undo' ? found.undoes.number : undefined;
  }

  it('is that the one before was replaced', async () => {
    await world.deploy('v1.1.0');
    await world.deploy('v1.2.0');

    expect(await story()).toEqual(['replaced by 2', 'succeeded']);
    expect(await undoable()).toBe(2);
  });

  it('is nothing for other places', async () => {
    await world.deploy('v1.1.0');
    await world.deploy('v1.2.0', { environment: production });

    expect(await story()).toEqual(['succeeded']);
  });

  it('is nothing when it failed', async () => {
    await world.deploy('v1.1.0');
    world.platform.behave('v1.2.0', { kind: 'failing', reason: 'exited with 1' });
    await world.deploy('v1.2.0');

    expect(await story()).toEqual(['succeeded', 'rolled-back']);
    expect(await undoable()).toBe(1);
  });

  it('is, for a rollback, that the one before is live again', async () => {
    await world.deploy('v1.1.0');
    await world.deploy('v1.2.0');
    await world.undone(2);

    expect(await story()).toEqual(['succeeded', 'undone by 3', 'succeeded']);
    expect(desired()).toBe('v1.1.0');
    expect(await undoable()).toBe(1);
  });

  it('lets people roll back one deployment after another, down to what Forge found', async () => {
    await world.deploy('v1.1.0');
    await world.deploy('v1.2.0');
    await world.deploy('v1.3.0');
    for (const number of [3, 2, 1]) await world.undone(number);

    expect(await story()).toEqual([
      'undone by 6',
      'undone by 5',
      'undone by 4',
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect(desired()).toBe('v1.0.0');
    await expect(undoable()).rejects.toThrow('Forge has not put anything');
  });

  it('is, for a deployment after a rollback, that what the rollback put back was replaced', async () => {
    await world.deploy('v1.1.0');
    await world.deploy('v1.2.0');
    await world.undone(2);
    await world.deploy('v1.3.0');

    expect(await story()).toEqual(['replaced by 4', 'undone by 3', 'succeeded', 'succeeded']);
    expect(await undoable()).toBe(4);
    await world.undone(4);
    expect(await story()).toEqual(['succeeded', 'undone by 3', 'succeeded', 'undone by 5', 'succeeded']);
    expect(await undoable()).toBe(1);
  });

  it('is, for a rollback that was aborted, that what it undid stays live', async () => {
    await world.deploy('v1.1.0');
    const aborted = world.upon({ type: 'step-started', step: 'eu-west-1/restore' }, () => world.abort(2));
    const rollback = await world.undone(1);
    await aborted;

    expect(rollback.phase.kind).toBe('aborted');
    expect(await story()).toEqual(['succeeded', 'aborted']);
    expect(desired()).toBe('v1.1.0');
    expect(await undoable()).toBe(1);
  });

  it('is, while a rollback runs, that what it undoes is being undone', async () => {
    await world.deploy('v1.1.0');
    await world.undo(1);

    expect(await story()).toEqual(['being undone by 2', 'requested']);
    expect(await previewRollbackOf(1, world.adapters)).toMatchObject({
      kind: 'under-way',
      by: { number: 2 },
    });
  });

  it('is not that a deployment is live again whose release is not', async () => {
    await world.deploy('v1.1.0');
    giveLive(world.platform, 'v1.3.0', staging);
    await world.deploy('v1.2.0');
    await world.undone(2);

    expect(desired()).toBe('v1.3.0');
    expect(await story()).toEqual(['replaced by 2', 'undone by 3', 'succeeded']);
    await expect(undoable()).rejects.toThrow('Forge has not put anything');
  });

  it('is counted by deployments that went live, however many failed between them', async () => {
    await world.deploy('v1.1.0');
    world.platform.behave('v1.2.0', { kind: 'failing', reason: 'exited with 1' });
    for (let count = 0; count < 5; count += 1) await world.deploy('v1.2.0');
    await world.deploy('v1.3.0');
    await world.undone(7);

    expect(desired()).toBe('v1.1.0');
    expect(await undoable()).toBe(1);
  });
});
