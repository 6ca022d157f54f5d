import { afterEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { type Destination, previewRollback, type UndoPreview } from '../../src/use-cases/preview-rollback.ts';
import { type RollBackRequest, rollBack } from '../../src/use-cases/roll-back.ts';
import { aLive, aPerson, aPlan, aRequestedEvent } from '../builders.ts';
import { person } from '../jobs/forge-world.ts';
import { america, europe } from '../jobs/shop.ts';
import {
  allBlue,
  createReturningWorld,
  inAmerica,
  inEurope,
  type ReturningWorld,
} from '../jobs/two-regions.ts';

const options = { signal: new AbortController().signal };
const tooLong = 11 * 60_000;

/** v0.9.0 was replaced while the service ran on one ECS service. */
const single = {
  first: [
    aRequestedEvent({
      plan: aPlan({ from: { [europe]: aLive({ version: 'v0.9.0', revision: 'checkout:1' }) } }),
    }),
    { type: 'started' },
    { type: 'succeeded' },
  ] satisfies DeploymentEvent[],
};

describe('a rollback in colours that a person asks for', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  /** v1.1.0 is live on green, v1.0.0 is on standby; before them, by Forge's records, `first` happened. */
  async function deployed({
    first = [],
    ...how
  }: Parameters<typeof createReturningWorld>[0] & { first?: DeploymentEvent[] } = {}): Promise<void> {
    world = createReturningWorld(how);
    await world.start();
    if (first.length > 0) {
      await world.store.commit([
        { kind: 'append', deployment: 1, expect: 0, events: first, by: aPerson, cause: 'the story' },
      ]);
    }
    await world.deployed('v1.1.0');
  }

  async function preview(destination: Destination = {}): Promise<UndoPreview> {
    const { service, environment, adapters } = world;
    const found = await previewRollback({ service, environment }, adapters, destination);
    if (found.kind !== 'undo') throw new Error(`The preview was ${found.kind}`);
    return found;
  }

  /** Confirms what a preview showed; the number of what was asked for by that. */
  async function confirm(shown: UndoPreview, how: Partial<RollBackRequest> = {}): Promise<number> {
    const { number } = shown.undoes;
    const { generation, plan } = await world.deployment(number);
    const seen = { generation, digest: plan.digest, plan: shown.plan.digest };
    const outcome = await rollBack({ undoes: number, seen, ...how }, person(), world.adapters);
    if (outcome.kind !== 'requested') throw new Error(`The rollback was ${outcome.kind}`);
    return outcome.deployment;
  }

  it('goes to the release they named on the idle colour, though it ran before there were two', async () => {
    await deployed(single);

    const { plan } = await preview({ version: 'v0.9.0' });

    expect(plan.steps[0]).toMatchObject({ kind: 'restore', on: 'blue', revision: 'checkout:1' });
  });

  it('goes to the release they named, though the plan they were shown is too old', async () => {
    await deployed(single);
    const shown = await preview({ version: 'v0.9.0' });
    world.clock.jump(tooLong);

    const number = await confirm(shown, { version: 'v0.9.0' });

    expect((await world.deployment(number)).plan.to.version).toBe('v0.9.0');
  });

  it('stays an emergency, though the plan they were shown is too old', async () => {
    await deployed({ desired: 4 });
    world.platform.sicken(inEurope, 'blue', 1);
    const shown = await preview();
    world.clock.jump(tooLong);

    const number = await confirm(shown, { emergency: true });

    const [first] = (await world.deployment(number)).plan.steps;
    expect(shown.plan.steps[0]?.kind).toBe('restore');
    expect(first).toMatchObject({ kind: 'return', needs: 1 });
  });

  it('is possible where somebody moved all traffic back by hand already', async () => {
    await deployed();
    world.platform.moveTraffic(inEurope, allBlue);
    const shown = await preview();

    const rollback = await world.ended(await confirm(shown));

    expect(shown).toMatchObject({ foreign: [], slow: [], plan: { to: { version: 'v1.0.0' } } });
    expect(rollback.phase.kind).toBe('succeeded');
    expect(world.splits()).toEqual([[allBlue]]);
    expect([world.desired('blue'), world.desired('green')]).toEqual([2, 0]);
  });

  it('is refused, with what to mend, where the load balancer does something else than split traffic', async () => {
    await deployed();
    world.platform.moveTraffic(inEurope, { other: 'answers with a fixed response' });

    await expect(preview()).rejects.toThrow(
      /^The load balancer of Checkout in eu-west-1 does not split traffic .* answers with a fixed response.* Set its rules back/,
    );
  });

  it('overrides weights in the region where they were shown, and in no other', async () => {
    await deployed({ regions: [america, europe] });
    world.platform.moveTraffic(inAmerica, { blue: 30, green: 70 });

    const shown = await preview();

    const returns = shown.plan.steps.flatMap((step) => (step.kind === 'return' ? [step] : []));
    expect(returns).toMatchObject([{ region: america, over: [{ blue: 30, green: 70 }] }, { region: europe }]);
    expect(returns[1]).not.toHaveProperty('over');
  });

  it('to another release than its colour carries by now starts that again', async () => {
    await deployed();
    const green = world.platform.colour(inEurope, 'green').revision;
    await world.platform.restore(inEurope, { on: 'blue', revision: green }, options);
    world.platform.moveTraffic(inEurope, { blue: 30, green: 70 });

    const shown = await preview();

    expect(shown.slow).toEqual([
      {
        region: europe,
        reason: expect.stringMatching(/another release.*, so v1\.0\.0 has to be started again$/),
      },
    ]);
    expect(shown.plan.steps.map(({ kind }) => kind)).toContain('restore');
    expect(shown.plan.from[europe]?.idle).not.toHaveProperty('digest');
  });

  it('is not guessed at while AWS does not say what is live: it is asked again', async () => {
    await deployed();
    const blue = world.platform.colour(inEurope, 'blue').revision;
    await world.platform.restore(inEurope, { on: 'green', revision: blue }, options);
    world.platform.break({ method: 'live', kind: 'unavailable', times: 1 });

    const refused = expect(preview()).rejects.toThrow('somebody changed it outside Forge');
    await world.clock.advance(2_000);

    await refused;
  });
});
