import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeployInput, deploy } from '../../jobs/deploy.ts';
import { isBlocked } from '../../src/domain/deployment.ts';
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

  it('gets on again as soon as the newer one runs, and says so', async () => {
    await world.until(async () => (await blocked()).length === 1);
    const waiting = await world.deployment(1);
    world.crash();
    isNewer = true;
    await world.start();
    const going = await world.until(async () => {
      const state = await world.deployment(1);
      return state.trouble === undefined && state;
    });

    expect(isBlocked(waiting)).toBe(true);
    expect(isBlocked(going)).toBe(false);
    expect((await world.store.events(1)).at(-1)?.event).toEqual({ type: 'unblocked' });
  });

  it('that waited for an answer is aborted at the deadline all the same', async () => {
    world.crash();
    isNewer = true;
    world.platform.break({ method: 'health', kind: 'unavailable' });
    await world.start();
    const { phase } = await world.untilPhase(1, 'held');
    const deadline = phase.kind === 'held' ? phase.deadline : Number.NaN;
    world.crash();
    isNewer = false;
    world.platform.mend();
    await world.start();

    const deployment = await world.ended(1);

    const events = await world.store.events(1);
    const given = events.find(({ event }) => event.type === 'abort-requested');
    expect(deployment.phase).toEqual({ kind: 'aborted', reason: 'nobody answered the question in time' });
    expect(given?.at).toBeGreaterThanOrEqual(deadline);
    expect(given?.at).toBeLessThan(deadline + 10_000);
    expect(world.platform.desired(targetIn(staging)).version).toBe('v1.0.0');
  });
});
