import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForgeWorld, type ForgeWorld } from './forge-world.ts';
import { america, europe, giveLive, production, shopPolicy, staging, targetIn } from './shop.ts';

describe('putting back', () => {
  let world: ForgeWorld;

  beforeEach(async () => {
    world = createForgeWorld();
    await world.start();
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
  });
  afterEach(() => world.close());

  const desired = (region = europe, environment = staging) =>
    world.platform.desired(targetIn(environment, region)).version;

  const troubles = async () => {
    const events = await world.store.events(1);
    return events.filter(({ event }) => event.type === 'restore-blocked');
  };

  it.each([
    ['restore', 'unavailable', 'AWS does not answer: The platform did not answer restore.'],
    ['restore', 'hang', 'AWS does not answer: no answer within 10 seconds.'],
    ['restore', 'refused', 'AWS refuses: The platform refuses restore.'],
    ['restore', 'fault', 'Forge itself had a problem: restore is not a function'],
    ['health', 'unavailable', 'AWS does not answer: The platform did not answer health.'],
    ['health', 'refused', 'AWS refuses: The platform refuses health.'],
    ['health', 'fault', 'Forge itself had a problem: health is not a function'],
    ['runningImages', 'unavailable', 'AWS does not answer: The platform did not answer runningImages.'],
    ['runningImages', 'refused', 'AWS refuses: The platform refuses runningImages.'],
    ['runningImages', 'fault', 'Forge itself had a problem: runningImages is not a function'],
  ] as const)(
    'while %s is %s tells people why, never gives up, and ends when it works',
    async (method, kind, reason) => {
      const broken = world.upon({ type: 'restoring' }, () => world.platform.break({ method, kind }));
      await world.request('v1.1.0');
      await world.clock.advance(10 * 60_000);
      await broken;
      const meanwhile = await world.deployment(1);
      world.platform.mend();

      const deployment = await world.ended(1);

      expect(meanwhile.phase.kind).toBe('rolling-back');
      expect(meanwhile.restores).toEqual({ [europe]: { kind: 'blocked', reason } });
      expect(deployment.phase).toEqual({ kind: 'rolled-back', reason: 'exited with 1' });
      expect(deployment.restores).toMatchObject({ [europe]: { kind: 'restored' } });
      expect(desired()).toBe('v1.0.0');
    },
  );

  it('in one region waits for no other', async () => {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 }, america);
    const broken = world.upon({ type: 'restoring' }, () =>
      world.platform.break({ method: 'restore', kind: 'unavailable', region: america }),
    );
    await world.request('v1.1.0', { environment: production });
    await world.until(async () => (await world.deployment(1)).restores[europe]?.kind === 'restored');
    await broken;

    const meanwhile = await world.deployment(1);
    world.platform.mend();
    const deployment = await world.ended(1);

    expect(meanwhile.restores[america]?.kind).not.toBe('restored');
    expect(meanwhile.changedAt - (await restoringAt())).toBeLessThan(world.policy.timing.silence);
    expect(deployment.phase.kind).toBe('rolled-back');
    expect(desired(america, production)).toBe('v1.0.0');
  });

  it('tells people of the same trouble again only after five minutes', async () => {
    const broken = world.upon({ type: 'restoring' }, () =>
      world.platform.break({ method: 'restore', kind: 'refused' }),
    );
    await world.request('v1.1.0');
    await world.clock.advance(11 * 60_000);
    await broken;

    const [first, second, ...more] = await troubles();

    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(5 * 60_000);
    expect(more).toHaveLength(1);
  });

  it('tells people of one trouble after another no more often', async () => {
    const { restore } = world.platform;
    let count = 0;
    world.platform.restore = async (...asked) => {
      count += 1;
      world.platform.mend();
      world.platform.break({ method: 'restore', kind: count % 2 === 0 ? 'refused' : 'fault' });
      return restore.apply(world.platform, asked);
    };
    await world.request('v1.1.0');
    await world.clock.advance(4 * 60_000);

    expect(count).toBeGreaterThan(4);
    expect(await troubles()).toHaveLength(1);
  });

  it('is confirmed by the images that run, not by health alone', async () => {
    world.platform.claimImages('v1.0.0', { kind: 'different', reason: 'A task runs another image.' });
    await world.request('v1.1.0');
    await world.until(async () => (await troubles()).length > 0);
    world.platform.claimImages('v1.0.0', undefined);

    const deployment = await world.ended(1);

    expect((await troubles())[0]?.event).toMatchObject({ reason: 'A task runs another image.' });
    expect(deployment.restores).toEqual({
      [europe]: { kind: 'restored', detail: '2 of 2 tasks run v1.0.0' },
    });
  });

  it('of a release whose digest nobody knows is confirmed by its revision alone', async () => {
    world.platform.give(targetIn(staging), { version: 'by hand' });

    const deployment = await world.deploy('v1.1.0');

    expect(deployment.phase.kind).toBe('rolled-back');
    expect(deployment.restores).toEqual({
      [europe]: { kind: 'restored', detail: 'by hand: 2 of 2 tasks healthy' },
    });
    expect(desired()).toBe('by hand');
  });

  it('that does not become healthy is tried again and says how far it is', async () => {
    world.platform.behave('v1.0.0', { kind: 'stalling' });
    await failAfterTheStart();
    await world.until(async () => (await troubles()).length > 0);
    world.platform.behave('v1.0.0', { kind: 'healthy', looks: 1 });

    const deployment = await world.ended(1);

    expect((await troubles())[0]?.event).toMatchObject({
      reason: 'only 0 of 2 tasks are healthy so far',
    });
    expect(deployment.phase.kind).toBe('rolled-back');
  });

  it('leaves what somebody else put there meanwhile, and says so', async () => {
    const interfered = world.upon({ type: 'restore-progressed' }, () =>
      giveLive(world.platform, 'v1.3.0', staging),
    );
    await failAfterTheStart();

    const deployment = await world.ended(1);
    await interfered;

    expect(deployment.phase).toMatchObject({ kind: 'left', by: { kind: 'job' } });
    expect(deployment.restores[europe]?.kind).toBe('left');
    expect(desired()).toBe('v1.3.0');
  });

  async function failAfterTheStart(): Promise<void> {
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });
    world.smoke.always({ kind: 'failed', reason: 'GET /health answered 500' });
    await world.request('v1.1.0');
  }

  async function restoringAt(): Promise<number> {
    const events = await world.store.events(1);
    return events.find(({ event }) => event.type === 'restoring')?.at ?? Number.NaN;
  }

  it('keeps the time it began with, though the policy gives another one after a restart', async () => {
    const timing = { ...shopPolicy.timing };
    const other = createForgeWorld({ policy: { ...shopPolicy, timing } });
    await other.start();
    other.smoke.always({ kind: 'failed', reason: 'GET /health answered 500' });
    other.platform.behave('v1.0.0', { kind: 'stalling' });
    await other.request('v1.1.0');
    const events = () => other.store.events(1);
    const began = await other.until(async () =>
      (await events()).find(({ event }) => event.type === 'restore-progressed'),
    );
    timing.startWithin *= 10;
    other.crash();
    await other.start();

    const blocked = await other.until(async () =>
      (await events()).find(({ event }) => event.type === 'restore-blocked'),
    );

    expect(blocked.event).toMatchObject({ reason: 'only 0 of 2 tasks are healthy so far' });
    expect(blocked.at - began.at).toBeLessThan(2 * shopPolicy.timing.startWithin);
    await other.close();
  });
});
