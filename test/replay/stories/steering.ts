import type { ReturningWorld } from '../../jobs/two-regions.ts';
import { atStep, inColours, twoSteps } from '../coloured-story.ts';
import type { Story } from '../story.ts';

const asking = [
  { weight: 25, bake: 3_000, approve: true as const },
  { weight: 100, bake: 3_000 },
];

/** What people say while a deployment in colours runs. */
export const steering: Record<string, Story> = {
  'canary paused and resumed': inColours(
    async (world) => {
      await pausedAt(world, 'bake-25');
      await world.resume(1);
      await world.ended(1);
    },
    { steps: twoSteps },
  ),
  'canary paused before its first shift': inColours(async (world) => {
    await pausedAt(world, 'arm');
    await world.resume(1);
    await world.ended(1);
  }),
  'canary paused and aborted': inColours(async (world) => {
    await pausedAt(world, 'bake-100');
    await world.abort(1);
    await world.ended(1);
  }),
  'canary whose bake is skipped': inColours(
    async (world) => {
      const skipped = atStep(world, 'bake-100', () => world.skip(1));
      await world.deployed('v1.1.0');
      await skipped;
    },
    { steps: [{ weight: 100, bake: 60_000 }] },
  ),
  'canary that a person approves': inColours(
    async (world) => {
      await world.ask('v1.1.0');
      await world.untilPhase(1, 'held');
      await world.resume(1);
      await world.ended(1);
    },
    { steps: asking },
  ),
  'canary that a person does not approve': inColours(
    async (world) => {
      await world.ask('v1.1.0');
      await world.untilPhase(1, 'held');
      await world.abort(1);
      await world.ended(1);
    },
    { steps: asking },
  ),
  'canary aborted in the middle of a shift': inColours(async (world) => {
    const aborted = world.upon({ type: 'traffic-intended' }, () => world.abort(1));
    await world.deployed('v1.1.0');
    await aborted;
  }),
  'canary aborted in two regions': inColours(
    async (world) => {
      const aborted = atStep(world, 'bake-100', () => world.abort(1));
      await world.deployed('v1.1.0');
      await aborted;
    },
    { regions: ['us-east-1', 'eu-west-1'] },
  ),
};

async function pausedAt(world: ReturningWorld, step: string): Promise<void> {
  const paused = atStep(world, step, () => world.pause(1));
  await world.ask('v1.1.0');
  await world.until(async () => (await world.deployment(1)).steps[`eu-west-1/${step}`] !== undefined);
  await paused;
  await world.clock.advance(8_000);
}
