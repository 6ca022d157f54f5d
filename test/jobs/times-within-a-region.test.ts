import { afterEach, describe, expect, it } from 'vitest';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import { consent } from '../../src/use-cases/let-start.ts';
import { person } from './forge-world.ts';
import { america } from './shop.ts';
import { closed, createTimesWorld, NINE, SECOND, type TimesWorld, unusual } from './times-world.ts';
import { allBlue, allGreen } from './two-regions.ts';

describe('a deployment whose time ends within a region', () => {
  let world: TimesWorld;
  afterEach(() => world.close());

  const steps = [{ weight: 100, bake: 60 * SECOND }];

  async function begin(options: Parameters<typeof createTimesWorld>[0] = {}): Promise<void> {
    world = createTimesWorld({ steps, ...options });
    await world.start();
    await world.ask('v1.1.0');
  }
  const stepOf = async (id: string) => (await world.deployment(1)).steps[`${america}/${id}`];

  it('and that is held is put back when it goes bad meanwhile', async () => {
    await begin({ windows: closed(NINE + 1, NINE + 20, 'hold') });
    await world.waits(america);
    world.smoke.colour('green', { kind: 'failed', reason: 'GET /health answered 500' });

    expect((await world.ended(1)).phase.kind).toBe('rolled-back');
    expect(world.splits()).toEqual([[allBlue], [allBlue]]);
  });

  it('and that is held goes on at once when somebody consents', async () => {
    await begin({ windows: unusual(NINE + 1, NINE + 20, 'hold') });
    const told = await world.waits(america);
    const { plan } = await world.deployment(1);
    const digest = askedAbout(plan, world.policy.version, undefined);
    await consent({ deployment: 1, digest, why: 'it is urgent' }, person('U0LENA'), world.adapters);
    await world.clock.advance(2 * SECOND);

    expect(told.for).toBe('consent');
    expect(await world.count('region-goes-on')).toBe(1);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('and that is held can be aborted', async () => {
    await begin({ windows: closed(NINE + 1, NINE + 20, 'hold') });
    await world.waits(america);
    await world.abort(1);

    expect((await world.ended(1)).phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allBlue], [allBlue]]);
  });

  it.each(['hold', 'roll-back'] as const)(
    'is not stopped by somebody else’s lock, policy %s',
    async (policy) => {
      await begin({ windows: closed(0, 0, policy) });
      await world.untilStep(1, `${america}/bake-100`);
      await world.lock(90);

      await world.until(async () => (await stepOf('standby'))?.kind === 'finished', { step: SECOND });
      expect((await world.ended(1)).phase.kind).toBe('succeeded');
    },
  );

  it('begins no further step before its first traffic while it is held', async () => {
    await begin({ windows: closed(0, 0, 'hold') });
    await world.upon({ type: 'step-started', step: `${america}/start` }, () => world.freeze(0, 180));
    await world.waits(america);
    await world.clock.advance(60 * SECOND);
    const meanwhile = [(await stepOf('start'))?.kind, await stepOf('verify')];

    expect(meanwhile).toEqual(['finished', undefined]);
    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(await world.count('region-waiting')).toBe(1);
  });

  it('is put back before its first traffic where policy says so', async () => {
    await begin({ windows: closed(0, 0, 'roll-back') });
    await world.upon({ type: 'step-started', step: `${america}/start` }, () => world.freeze(0, 180));

    const { phase, steps: done } = await world.ended(1);

    expect(phase).toMatchObject({ kind: 'rolled-back', reason: expect.stringContaining('a freeze began') });
    expect(done[`${america}/verify`]).toBeUndefined();
  });

  it.each(['hold', 'roll-back'] as const)(
    'cleans up all the same after its last bake there, policy %s',
    async (policy) => {
      await begin({ windows: closed(0, 0, policy) });
      const frozen = world.upon({ type: 'step-finished', step: `${america}/bake-100` }, () =>
        world.freeze(0, 180),
      );
      await world.until(async () => (await stepOf('standby'))?.kind === 'finished', { step: SECOND });

      await frozen;
      expect(world.clock.now()).toBeLessThan(world.begunAt + 120 * SECOND);
      expect((await world.ended(1)).phase.kind).toBe('succeeded');
    },
  );

  it('can be rolled back during a freeze, whatever policy says of deployments', async () => {
    await begin({ windows: closed(0, 0, 'hold'), steps: [{ weight: 100, bake: 5 * SECOND }] });
    await world.ended(1);
    await world.freeze(0, 3_600);
    const { phase } = await world.undone(1);

    expect(phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue], [allBlue]]);
  });

  it('says once that it goes on, and ends with all traffic', async () => {
    await begin({ windows: closed(NINE + 1, NINE + 2, 'hold') });

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allGreen], [allGreen]]);
    expect([await world.count('region-waiting'), await world.count('region-goes-on')]).toEqual([1, 1]);
  });
});
