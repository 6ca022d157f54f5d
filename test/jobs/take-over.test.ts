import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBlocked } from '../../src/domain/deployment.ts';
import { takeOver } from '../../src/use-cases/take-over.ts';
import { createForgeWorld, type ForgeWorld, person } from './forge-world.ts';
import { production, staging, targetIn } from './shop.ts';

describe('taking over', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
  });
  afterEach(() => world.close());

  const take = (deployment: number) => takeOver({ deployment }, person('U0SAM'), world.store);
  const untilBlocked = (number: number) => world.until(async () => isBlocked(await world.deployment(number)));
  const restores = () => world.platform.calls.filter(({ method }) => method === 'restore').length;

  async function blockedPutBack(): Promise<void> {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    const broken = world.upon({ type: 'restoring' }, () =>
      world.platform.break({ method: 'restore', kind: 'refused' }),
    );
    await world.request('v1.1.0');
    await untilBlocked(1);
    await broken;
  }

  it('ends a put-back that does not get on, leaves the service alone, and frees it', async () => {
    await blockedPutBack();
    await take(1);
    await world.clock.advance(60_000);
    const [tried, events] = [restores(), (await world.deployment(1)).version];
    await world.clock.advance(30 * 60_000);

    const deployment = await world.deployment(1);

    expect(deployment.phase).toMatchObject({ kind: 'left', by: { kind: 'person', userId: 'U0SAM' } });
    expect(restores()).toBe(tried);
    expect(deployment.version).toBe(events);
    const open = await world.engine().list({ statuses: ['queued', 'active', 'failed', 'stuck'] });
    expect(open).toEqual([]);
    world.platform.mend();
    world.platform.give(targetIn(staging), { version: 'by hand' });
    expect((await world.deploy('v1.2.0')).phase.kind).toBe('succeeded');
  });

  it('ends a rollback that does not get on, and what it undid may be undone again', async () => {
    await world.deploy('v1.1.0');
    world.platform.behave('v1.0.0', { kind: 'failing', reason: 'exited with 1' });
    await world.undo(1);
    await untilBlocked(2);
    await take(2);
    await world.clock.advance(60_000);

    expect((await world.deployment(2)).phase.kind).toBe('left');
    expect(world.platform.desired(targetIn(staging)).version).toBe('v1.0.0');
    const undone = await world.deployment(1);
    expect(undone).not.toHaveProperty('undoingBy');
    expect(undone).not.toHaveProperty('undoneBy');
  });

  it('stays so when the process is killed right after it', async () => {
    await blockedPutBack();
    await take(1);
    world.crash();
    world.platform.mend();
    await world.start();
    const tried = restores();
    await world.clock.advance(10 * 60_000);

    expect((await world.deployment(1)).phase.kind).toBe('left');
    expect(restores()).toBe(tried);
    expect(await world.engine().list({ statuses: ['queued', 'active', 'failed', 'stuck'] })).toEqual([]);
  });

  it('in two regions ends both, at whatever call the process is killed', async () => {
    let deaths = 0;
    for (let call = 1, hasDied = true; hasDied; call += 1) {
      const mortalWorld = createForgeWorld();
      hasDied = await takenOverInTwoRegions(mortalWorld, call);
      await mortalWorld.close();
      if (hasDied) deaths = call;
    }

    expect(deaths).toBeGreaterThan(3);
  }, 120_000);

  it('is refused where Forge gets on', async () => {
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.request('v1.1.0');
    await world.untilPhase(1, 'running');

    await expect(take(1)).rejects.toThrow('nothing of it is blocked');
  });

  it('is what refusals of a blocked deployment name as the way out', async () => {
    await blockedPutBack();

    await expect(world.abort(1)).rejects.toThrow('`/forge takeover #1`');
    await expect(world.resume(1)).rejects.toThrow('`/forge takeover #1`');
    await expect(world.request('v1.2.0')).rejects.toThrow('`/forge takeover #1`');
  });
});

/** Two blocked regions are taken over in a process that dies at its nth call. False: it did not. */
async function takenOverInTwoRegions(world: ForgeWorld, call: number): Promise<boolean> {
  await world.start();
  world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' }, 'eu-west-1');
  const broken = world.upon({ type: 'restoring' }, () =>
    world.platform.break({ method: 'restore', kind: 'refused' }),
  );
  await world.request('v1.1.0', { environment: production });
  await world.until(async () => {
    const { restores } = await world.deployment(1);
    return Object.values(restores).filter(({ kind }) => kind === 'blocked').length === 2;
  });
  await broken;
  world.crash();
  const life = await world.start({ call, side: 'after' });
  await takeOver({ deployment: 1 }, person('U0SAM'), world.store);
  world.platform.mend();
  const restored = restoredIn(world);
  const open = () => world.engine().list({ statuses: ['queued', 'active'] });
  await world.until(async () => life.isOver || ((await open()).length === 0 && world.isPublished(1)));
  const hasDied = life.isOver;
  if (hasDied) {
    world.crash();
    await world.start();
  }
  await world.until(async () => (await open()).length === 0);
  await world.clock.advance(60_000);
  expect((await world.deployment(1)).phase, `after call ${call}`).toMatchObject({ kind: 'left' });
  expect(restoredIn(world), `after call ${call}`).toBe(restored);
  expect((await world.eventTypes(1)).filter((type) => type === 'left')).toHaveLength(1);
  return hasDied;
}

/** Changes that putting back made. */
function restoredIn({ platform }: ForgeWorld): number {
  return platform.calls.filter(({ method }) => method === 'restore').length;
}
