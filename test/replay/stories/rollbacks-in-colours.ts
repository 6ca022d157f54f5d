import { previewRollback } from '../../../src/use-cases/preview-rollback.ts';
import { rollBack } from '../../../src/use-cases/roll-back.ts';
import { person } from '../../jobs/forge-world.ts';
import { inEurope, type ReturningWorld } from '../../jobs/two-regions.ts';
import { atStep, inColours } from '../coloured-story.ts';
import type { Story } from '../story.ts';

const hour = 3_600_000;
const regions = ['us-east-1', 'eu-west-1'];
const isEnded = async (world: ReturningWorld) =>
  (await world.deployment(1)).standby['eu-west-1']?.endedAt !== undefined;

/** Ways a rollback goes in colours. */
export const rollbacksInColours: Record<string, Story> = {
  'rollback in colours': inColours(
    async (world) => {
      await world.deployed('v1.1.0');
      await world.undone(1);
    },
    { standby: hour },
  ),
  'rollback in colours, cold': inColours(async (world) => {
    await world.deployed('v1.1.0');
    world.metrics.conduct('blue', { requests: 0 });
    await world.until(() => isEnded(world));
    await confirmed(world);
    await world.ended(2);
  }),
  'rollback in colours, in two regions': inColours(
    async (world) => {
      await world.deployed('v1.1.0');
      await world.undone(1);
    },
    { standby: hour, regions },
  ),
  'rollback in colours, in two regions, cold': inColours(
    async (world) => {
      await world.deployed('v1.1.0');
      for (const region of regions) world.platform.sicken({ ...inEurope, region }, 'blue', 1);
      await confirmed(world);
      await world.untilStep(2, 'eu-west-1/restore');
      for (const region of regions) world.platform.sicken({ ...inEurope, region }, 'blue', undefined);
      await world.ended(2);
    },
    { standby: hour, regions, desired: 4 },
  ),
  'rollback in colours, in an emergency': inColours(
    async (world) => {
      await world.deployed('v1.1.0');
      world.platform.sicken(inEurope, 'blue', 1);
      await confirmed(world, { emergency: true });
      await world.ended(2);
    },
    { standby: hour, desired: 4 },
  ),
  'rollback in colours over foreign weights': inColours(
    async (world) => {
      await world.deployed('v1.1.0');
      world.platform.moveTraffic(inEurope, { blue: 40, green: 60 });
      await confirmed(world);
      await world.ended(2);
    },
    { standby: hour },
  ),
  'rollback in colours while AWS is silent': inColours(
    async (world) => {
      await world.deployed('v1.1.0');
      world.platform.break({ method: 'setTraffic', kind: 'unavailable' });
      await confirmed(world);
      await world.until(async () => (await world.deployment(2)).trouble !== undefined);
      world.platform.mend();
      await world.ended(2);
    },
    { standby: hour },
  ),
  'rollback in colours to a release that is not well': inColours(
    async (world) => {
      await world.deployed('v1.1.0');
      const broken = atStep(world, 'watch', () => world.platform.sicken(inEurope, 'blue', 0));
      await world.undone(1);
      await broken;
    },
    { standby: hour },
  ),
  'rollback in colours aborted': inColours(
    async (world) => {
      await world.deployed('v1.1.0');
      const aborted = atStep(world, 'watch', () => world.abort(2));
      await world.undone(1);
      await aborted;
    },
    { standby: 60_000 },
  ),
};

/** Confirms what the rollback's form shows. */
async function confirmed(world: ReturningWorld, how: { emergency?: true } = {}): Promise<void> {
  const { service, environment, adapters } = world;
  const shown = await previewRollback({ service, environment }, adapters);
  if (shown.kind !== 'undo') throw new Error(`The preview was ${shown.kind}`);
  const { generation, plan } = await world.deployment(1);
  const seen = { generation, digest: plan.digest, plan: shown.plan.digest };
  await rollBack({ undoes: 1, seen, ...how }, person(), adapters);
}
