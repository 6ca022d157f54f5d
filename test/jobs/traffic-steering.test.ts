import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColouredWorld, createColouredWorld, target } from './coloured-shop.ts';
import { europe } from './shop.ts';

const bake = `${europe}/bake-25`;
const approve = `${europe}/approve-25`;

describe('steering a deployment in colours', () => {
  let world: ColouredWorld;

  async function begin(options: Parameters<typeof createColouredWorld>[0] = {}): Promise<void> {
    world = createColouredWorld(options);
    await world.start();
    await world.begin();
  }
  beforeEach(() => begin());
  afterEach(() => world.close());

  const share = () => world.platform.splits(target)[0];
  const stepOf = async (id: string) => (await world.deployment(1)).steps[id];
  const isRunning = async (id: string) => (await stepOf(id))?.kind === 'running';

  it('pauses promotion, and begins the bake again when it goes on', async () => {
    await world.untilStep(bake);
    await world.clock.advance(15_000);
    await world.pause(1);
    await world.clock.advance(30_000);
    const paused = await world.deployment(1);
    await world.resume(1);
    await world.clock.advance(15_000);

    expect(paused.steps[bake]).toMatchObject({ kind: 'running', progress: { done: 0 } });
    expect(await isRunning(bake)).toBe(true);
    await world.untilStep(`${europe}/bake-100`);
  });

  it('puts a release back that goes bad while it is paused', async () => {
    await world.untilStep(bake);
    await world.pause(1);
    await world.clock.advance(10_000);
    world.metrics.conduct('green', { errors: 0.06 });

    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    expect(share()).toEqual({ blue: 100, green: 0 });
  });

  it('moves no traffic while it is paused before the first shift', async () => {
    await world.pause(1);
    await world.clock.advance(30_000);

    expect(share()).toEqual({ blue: 100, green: 0 });
    await world.resume(1);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('stays at 100 % under gates when it is paused there', async () => {
    await world.untilStep(`${europe}/bake-100`);
    await world.pause(1);
    await world.clock.advance(30_000);

    expect(await isRunning(`${europe}/bake-100`)).toBe(true);
    world.smoke.colour('green', { kind: 'failed', reason: 'GET /health answered 500' });
    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
  });

  it('skips the rest of a bake', async () => {
    await world.untilStep(bake);
    const began = world.clock.now();
    await world.skip(1);
    await world.untilStep(`${europe}/bake-100`);

    expect(world.clock.now() - began).toBeLessThan(10_000);
    expect(await stepOf(bake)).toMatchObject({ kind: 'finished', detail: 'skipped' });
  });

  it('does not skip past a gate that puts the release back', async () => {
    await world.untilStep(bake);
    world.platform.sicken(target, 'green', 0);
    await world.skip(1);

    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
  });

  it('skips only a bake, and that once', async () => {
    await expect(world.skip(1)).rejects.toThrow('There is nothing to skip now');
    await world.untilStep(bake);

    await world.skip(1);
    await expect(world.skip(1)).rejects.toThrow('is being skipped already');
  });

  it('goes on after a pause though its bake was skipped meanwhile', async () => {
    await world.untilStep(bake);
    await world.pause(1);
    await world.skip(1);
    await world.clock.advance(30_000);
    expect(await isRunning(bake)).toBe(true);
    await world.resume(1);

    await world.untilStep(`${europe}/bake-100`);
  });

  it('refuses a second pause, and to go on where nothing waits', async () => {
    await world.untilStep(bake);
    await world.pause(1);

    await expect(world.pause(1)).rejects.toThrow('is paused already');
    await world.resume(1);
    await expect(world.resume(1)).rejects.toThrow('is not waiting for an answer');
  });

  it('sends everything back when it is aborted, also while it is paused', async () => {
    await world.untilStep(bake);
    await world.pause(1);
    await world.abort(1);

    expect((await world.ended(1)).phase.kind).toBe('aborted');
    expect(share()).toEqual({ blue: 100, green: 0 });
  });

  describe('that asks before it goes on', () => {
    const steps = [
      { weight: 25, bake: 10_000, approve: true as const },
      { weight: 100, bake: 10_000 },
    ];
    beforeEach(async () => {
      await world.close();
      await begin({ steps });
    });

    it('waits for a person, and goes on when one says so', async () => {
      const { phase } = await world.untilPhase(1, 'held');
      await world.clock.advance(10_000);

      expect(phase).toMatchObject({ question: expect.stringContaining('Go on to 100 %?') });
      expect(share()).toEqual({ blue: 75, green: 25 });
      await world.resume(1);
      const ended = await world.ended(1);
      expect(ended.phase.kind).toBe('succeeded');
      expect(ended.approved).toEqual([approve]);
    });

    it('puts it back when nobody says so in time', async () => {
      await world.untilPhase(1, 'held');

      expect((await world.ended(1)).phase.kind).toBe('aborted');
      expect(share()).toEqual({ blue: 100, green: 0 });
    });

    it('puts it back when it goes bad meanwhile', async () => {
      await world.untilPhase(1, 'held');
      world.metrics.conduct('green', { errors: 0.06 });

      expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    });

    it('does not go on by a resume that only ends a pause', async () => {
      await world.untilPhase(1, 'held');
      await world.pause(1);
      await world.untilPhase(1, 'running');
      await world.resume(1);
      await world.untilPhase(1, 'held');

      expect(share()).toEqual({ blue: 75, green: 25 });
    });
  });
});
