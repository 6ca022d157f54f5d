import { afterEach, describe, expect, it } from 'vitest';
import { isBlocked } from '../../src/domain/deployment.ts';
import { acknowledge } from '../../src/use-cases/acknowledge.ts';
import { previewRollback, type UndoPreview } from '../../src/use-cases/preview-rollback.ts';
import { rollBack } from '../../src/use-cases/roll-back.ts';
import { takeOver } from '../../src/use-cases/take-over.ts';
import { person } from './forge-world.ts';
import { america, europe } from './shop.ts';
import {
  allBlue,
  allGreen,
  createReturningWorld,
  inAmerica,
  inEurope,
  type ReturningWorld,
} from './two-regions.ts';

describe('a rollback in colours', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  /** v1.1.0 is live on green, v1.0.0 is on standby. */
  async function deployed(options: Parameters<typeof createReturningWorld>[0] = {}): Promise<void> {
    world = createReturningWorld(options);
    await world.start();
    const deployment = await world.deployed('v1.1.0');
    expect(deployment.phase.kind).toBe('succeeded');
  }

  async function preview(version?: string): Promise<UndoPreview> {
    const { service, environment, adapters } = world;
    const found = await previewRollback(
      { service, environment },
      adapters,
      version === undefined ? {} : { version },
    );
    if (found.kind !== 'undo') throw new Error(`The preview was ${found.kind}`);
    return found;
  }

  /** Confirms what a preview showed. */
  async function confirm({ undoes, plan }: UndoPreview, change: { emergency?: true } = {}): Promise<number> {
    const {
      generation,
      plan: { digest },
    } = await world.deployment(undoes.number);
    const seen = { generation, digest, plan: plan.digest };
    const outcome = await rollBack({ undoes: undoes.number, seen, ...change }, person(), world.adapters);
    if (outcome.kind !== 'requested') throw new Error(`The rollback was ${outcome.kind}`);
    return outcome.deployment;
  }

  it('moves traffic to the standby, proves it, watches it, and then scales the newer release down', async () => {
    await deployed();
    const shown = await preview();
    const number = await confirm(shown);

    const rollback = await world.ended(number);

    expect({
      slow: shown.slow,
      foreign: shown.foreign,
      kinds: shown.plan.steps.map(({ kind }) => kind),
    }).toEqual({
      slow: [],
      foreign: [],
      kinds: ['return', 'smoke', 'watch', 'retire'],
    });
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
    expect([world.desired('blue'), world.desired('green')]).toEqual([2, 0]);
    expect(rollback.steps['eu-west-1/return']).toMatchObject({
      kind: 'finished',
      detail: '0 % on v1.1.0, confirmed 0.0 s after the click',
    });
    expect((await world.deployment(1)).undoneBy).toBe(number);
    expect(world.platform.outages).toEqual([]);
  });

  it('asks AWS nothing between the click and its one round of reads', async () => {
    await deployed();
    const shown = await preview();
    const from = world.platform.calls.length;
    const number = await confirm(shown);
    await world.ended(number);

    const calls = world.called(from);

    // Side by side: one round of reads.
    expect(calls.slice(0, calls.indexOf('setTraffic')).toSorted()).toEqual(['tasks', 'traffic']);
  });

  it('is asked for anew where what was shown is long ago', async () => {
    await deployed();
    const shown = await preview();
    await world.clock.advance(11 * 60_000);
    const from = world.platform.calls.length;

    const rollback = await world.ended(await confirm(shown));

    expect(world.called(from)).toContain('live');
    expect(rollback.phase.kind).toBe('succeeded');
  });

  it('is possible while the live release is so broken that no deployment could begin', async () => {
    await deployed();
    world.platform.sicken(inEurope, 'green', 0);

    const rollback = await world.ended(await confirm(await preview()));

    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('shows weights that somebody else set, and overrides exactly those', async () => {
    await deployed();
    world.platform.moveTraffic(inEurope, { blue: 30, green: 70 });
    const shown = await preview();

    const rollback = await world.ended(await confirm(shown));

    expect(shown.foreign).toEqual([
      { region: europe, shown: 'blue 30 % and green 70 %', splits: [{ blue: 30, green: 70 }] },
    ]);
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('does not override weights that were set after the question, and goes on when they are back', async () => {
    await deployed();
    const shown = await preview();
    world.platform.moveTraffic(inEurope, { blue: 30, green: 70 });
    const number = await confirm(shown);
    const trouble = await world.until(async () => (await world.deployment(number)).trouble);
    const meanwhile = world.splits();
    world.platform.moveTraffic(inEurope, allGreen);

    const rollback = await world.ended(number);

    expect(trouble).toContain('blue 30 % and green 70 %');
    expect(meanwhile).toEqual([[{ blue: 30, green: 70 }]]);
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('refuses to override what nobody saw', async () => {
    await deployed();
    world.platform.moveTraffic(inEurope, { blue: 30, green: 70 });

    await expect(world.undo(1)).rejects.toThrow(
      'Nothing was done: somebody else moved the traffic in eu-west-1 (blue 30 % and green 70 %).',
    );
  });

  it('to a standby that is too small starts more tasks first, and says so before', async () => {
    await deployed({ desired: 4 });
    world.platform.sicken(inEurope, 'blue', 1);
    const shown = await preview();
    const number = await confirm(shown);
    await world.untilStep(number, 'eu-west-1/restore');
    const meanwhile = world.splits();
    world.platform.sicken(inEurope, 'blue', undefined);

    const rollback = await world.ended(number);

    expect(shown.slow).toEqual([
      { region: europe, reason: 'only 1 of the 4 tasks that v1.0.0 needs is healthy' },
    ]);
    expect(meanwhile).toEqual([[allGreen]]);
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('in an emergency goes at once to the tasks there are, and gets the others then', async () => {
    await deployed({ desired: 4 });
    await world.platform.scale(
      inEurope,
      { on: 'blue', desired: 1 },
      { signal: new AbortController().signal },
    );
    const shown = await preview();
    const number = await confirm(shown, { emergency: true });

    const rollback = await world.ended(number);

    expect(shown.emergency?.plan.steps.map(({ kind }) => kind)).toEqual([
      'return',
      'smoke',
      'watch',
      'retire',
    ]);
    expect(rollback.plan.digest).toBe(shown.emergency?.plan.digest);
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.desired('blue')).toBe(4);
  });

  it('to a standby that has ended starts it again', async () => {
    await deployed({ standby: 60_000 });
    world.metrics.conduct('blue', { requests: 0 });
    await world.until(async () => (await world.deployment(1)).standby[europe]?.endedAt !== undefined);
    const shown = await preview();

    const rollback = await world.ended(await confirm(shown));

    expect(shown.slow).toEqual([
      { region: europe, reason: 'v1.0.0 is not kept warm any more and has to be started again' },
    ]);
    expect(shown.emergency).toBeUndefined();
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
    expect(world.platform.outages).toEqual([]);
  });

  it('in one region waits for no other', async () => {
    await deployed({ regions: [america, europe] });
    const shown = await preview();
    world.platform.break({ method: 'traffic', kind: 'unavailable', region: america });
    const number = await confirm(shown);
    await world.until(
      () =>
        world.platform.splits(inEurope)[0] !== undefined &&
        JSON.stringify(world.platform.splits(inEurope)) === JSON.stringify([allBlue]),
    );
    await world.until(async () => (await world.deployment(number)).trouble);
    const meanwhile = world.splits();
    world.platform.mend();

    const rollback = await world.ended(number);

    expect(meanwhile).toEqual([[allGreen], [allBlue]]);
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue], [allBlue]]);
    expect(world.platform.colour(inAmerica, 'green').desired).toBe(0);
  });

  it('that a person aborts brings traffic back to the newer release', async () => {
    await deployed();
    const number = await confirm(await preview());
    await world.untilStep(number, 'eu-west-1/watch');
    await world.abort(number);

    const rollback = await world.ended(number);

    expect(rollback.phase.kind).toBe('aborted');
    expect(world.splits()).toEqual([[allGreen]]);
    expect((await world.deployment(1)).undoneBy).toBeUndefined();
    expect(world.platform.outages).toEqual([]);
  });

  it('goes to the release a person named, as it ran there before', async () => {
    await deployed();
    const second = await world.deployed('v1.2.0');
    const shown = await preview('v1.0.0');

    const rollback = await world.ended(await confirm(shown));

    expect(second.phase.kind).toBe('succeeded');
    expect(shown.plan.to.version).toBe('v1.0.0');
    expect(shown.slow).toEqual([
      { region: europe, reason: 'what is kept warm is v1.1.0, so v1.0.0 has to be started again' },
    ]);
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.platform.colour(inEurope, 'green').version).toBe('v1.0.0');
    expect(world.splits()).toEqual([[allGreen]]);
  });

  it('to a release that never ran there is refused with what to do', async () => {
    await deployed();

    await expect(preview('v9.9.9')).rejects.toThrow(
      'Forge has not seen “v9.9.9” run on checkout in production, so it cannot put back exactly that.',
    );
    await expect(preview('v1.1.0')).rejects.toThrow('there is nothing to roll back to');
  });

  it('says that the release that is back is not well either, and leaves it: there is none left to go to', async () => {
    await deployed({ watch: 60_000 });
    const number = await confirm(await preview());
    await world.untilStep(number, 'eu-west-1/watch');
    world.metrics.conduct('blue', { errors: 0.5 });

    const rollback = await world.ended(number);

    const watched = rollback.steps['eu-west-1/watch'];
    expect(watched?.kind === 'finished' && watched.detail).toMatch(
      /^v1\.0\.0 is back in eu-west-1 \(blue\) and is not well either: /u,
    );
    expect(rollback.gates[europe]?.gates.some(({ kind }) => kind === 'failed')).toBe(true);
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
  });

  it('is proven by the public address, though the newer release still answers for some seconds', async () => {
    await deployed();
    const stale = { kind: 'failed', reason: 'it answered as v1.1.0' } as const;
    world.smoke.next(stale, stale, stale, stale, stale);

    const rollback = await world.ended(await confirm(await preview()));

    expect(rollback.steps['eu-west-1/smoke']).toMatchObject({
      kind: 'finished',
      detail: 'the public address answered as expected 3 times in a row',
    });
  });

  it('that does not get on calls people until one of them takes it, and is tried for ever', async () => {
    await deployed();
    const number = await confirm(await preview());
    world.platform.break({ method: 'setTraffic', kind: 'unavailable' });
    await world.until(async () => isBlocked(await world.deployment(number)));
    await acknowledge({ deployment: number }, person('U0SAM'), world.adapters);
    const taken = await world.deployment(number);
    await expect(acknowledge({ deployment: number }, person(), world.adapters)).rejects.toThrow(
      `<@U0SAM> looks after #${number} already`,
    );
    world.platform.mend();

    const rollback = await world.ended(number);

    expect(taken.acknowledgedBy).toMatchObject({ userId: 'U0SAM' });
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
    await expect(acknowledge({ deployment: number }, person(), world.adapters)).rejects.toThrow(
      'There is nothing',
    );
  });

  it('that gets on is nothing to look after', async () => {
    await deployed();
    const number = await confirm(await preview());

    await expect(acknowledge({ deployment: number }, person(), world.adapters)).rejects.toThrow(
      `#${number} gets on by itself`,
    );
  });

  it('that a person takes over leaves both colours as they are', async () => {
    await deployed({ standby: 60_000 });
    world.metrics.conduct('blue', { requests: 0 });
    const number = await confirm(await preview());
    world.platform.break({ method: 'setTraffic', kind: 'unavailable' });
    await world.until(async () => isBlocked(await world.deployment(number)));
    await takeOver({ deployment: number }, person('U0SAM'), world.store);
    world.platform.mend();
    await world.clock.advance(600_000);

    expect((await world.deployment(1)).standby[europe]?.reason).toBe(
      `left to the person who took over #${number}`,
    );
    expect([world.desired('blue'), world.desired('green')]).toEqual([2, 2]);
    expect(world.splits()).toEqual([[allGreen]]);
  });
});
