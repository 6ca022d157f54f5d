import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { StepState } from '../../src/domain/deployment.ts';
import { america, europe } from './shop.ts';
import { allBlue, allGreen, createReturningWorld, inEurope, type ReturningWorld } from './two-regions.ts';

const MINUTE = 60_000;

describe('a rollback in colours in two regions', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  /** v1.1.0 is live on green in both regions. */
  async function deployed(options: Parameters<typeof createReturningWorld>[0] = {}): Promise<void> {
    world = createReturningWorld({ regions: [america, europe], ...options });
    await world.start();
    await world.deployed('v1.1.0');
  }

  /** Milliseconds between the beginnings of a step in the two regions. */
  async function apart(step: string): Promise<number> {
    const { steps } = await world.deployment(2);
    return Math.abs(begun(steps[`${america}/${step}`]) - begun(steps[`${europe}/${step}`]));
  }

  it('watches both at the same time', async () => {
    await deployed({ watch: MINUTE });
    await world.undone(1);

    expect(await apart('watch')).toBeLessThan(5_000);
  });

  it('starts the earlier release in both at the same time where it is not kept warm', async () => {
    await deployed({ standby: MINUTE });
    world.metrics.conduct('blue', { requests: 0 });
    await world.until(async () => {
      const kept = Object.values((await world.deployment(1)).standby);
      return kept.every(({ endedAt }) => endedAt !== undefined);
    });
    world.platform.behave('v1.0.0', { kind: 'healthy', looks: 10 });
    const rollback = await world.undone(1);

    expect(rollback.phase.kind).toBe('succeeded');
    expect(await apart('restore')).toBeLessThan(1_000);
    expect(world.platform.outages).toEqual([]);
  });

  it.each(['refused', 'fault'] as const)(
    'moves traffic in one though in the other AWS answers: %s',
    async (kind) => {
      await deployed();
      world.platform.break({ method: 'setTraffic', kind, region: america });
      await world.undo(1);
      await world.until(() => JSON.stringify(world.platform.splits(inEurope)) === JSON.stringify([allBlue]));
      await world.until(async () => (await world.deployment(2)).trouble);
      const meanwhile = world.splits();
      world.platform.mend();

      expect(meanwhile).toEqual([[allGreen], [allBlue]]);
      expect((await world.ended(2)).phase.kind).toBe('succeeded');
      expect(world.splits()).toEqual([[allBlue], [allBlue]]);
    },
  );
});

describe('putting back in colours in two regions', () => {
  it('waits in neither for the other', async () => {
    const world = createReturningWorld({
      regions: [america, europe],
      steps: [{ weight: 100, bake: MINUTE }],
    });
    onTestFinished(() => world.close());
    await world.start();
    await world.ask('v1.1.0');
    await world.untilStep(1, `${europe}/bake-100`);
    world.platform.break({ method: 'traffic', kind: 'unavailable', region: america });
    await world.abort(1);
    const asked = world.clock.now();
    await world.until(() => JSON.stringify(world.platform.splits(inEurope)) === JSON.stringify([allBlue]));

    expect(world.clock.now() - asked).toBeLessThan(2_000);
  });
});

function begun(step: StepState | undefined): number {
  return step === undefined ? 0 : step.startedAt;
}
