import { type ColouredWorld, createColouredWorld } from '../jobs/coloured-shop.ts';
import type { ForgeWorld } from '../jobs/forge-world.ts';
import { europe } from '../jobs/shop.ts';
import { createReturningWorld, type ReturningWorld } from '../jobs/two-regions.ts';
import { type Happening, type Story, storyIn } from './story.ts';

/** Milliseconds. Short, for every look is an operation: what has taken a look more than it needs proves nothing else. */
const short = 3_000;

/** The standby ends as soon as the load balancer can have forgotten the weights before. Milliseconds. */
const standby = 20_000;

export const twoSteps = [
  { weight: 25, bake: short },
  { weight: 100, bake: short },
];

type Options = Parameters<typeof createReturningWorld>[0];

/** In a shop in colours whose deployments go through all of Forge; standbys that are left end then. */
export function inColours(happening: Happening<ReturningWorld>, options: Options = {}): Story {
  const steps = [{ weight: 100, bake: short }];
  return storyIn(
    () => createReturningWorld({ steps, watch: short, standby, ...options }),
    quietly(happening),
  );
}

/** In one whose gates want the evidence of requests, where #1 is v1.1.0 and has begun. */
export function underAllGates(
  happening: Happening<ColouredWorld>,
  options: Parameters<typeof createColouredWorld>[0] = {},
): Story {
  const create = () =>
    createColouredWorld({ steps: twoSteps, ...options, environment: { standby, ...options.environment } });
  return storyIn(
    create,
    quietly(async (world) => {
      await world.begin();
      await happening(world);
    }),
  );
}

/** Acts as soon as a step of any deployment has begun; resolves when it has acted. */
export function atStep(world: ForgeWorld, step: string, act: () => unknown): Promise<void> {
  return world.upon({ type: 'step-started', step: `${europe}/${step}` }, act);
}

function quietly<World extends ForgeWorld>(happening: Happening<World>): Happening<World> {
  return async (world) => {
    await happening(world);
    for (const colour of ['blue', 'green'] as const) world.metrics.conduct(colour, { requests: 0 });
  };
}
