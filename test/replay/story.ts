import type { ForgeWorld } from '../jobs/forge-world.ts';

/** What happens to deployments in a world in which v1.0.0 is live. It resolves when all of it is over. */
export type Happening<World = ForgeWorld> = (world: World) => Promise<unknown>;

/** A new world, and what happens in it once a process lives there. */
export type Story = () => { world: ForgeWorld; happen: () => Promise<unknown> };

export function storyIn<World extends ForgeWorld>(
  createWorld: () => World,
  happening: Happening<World>,
): Story {
  return () => {
    const world = createWorld();
    return { world, happen: () => happening(world) };
  };
}

/** The same for several, each in a world of its own. */
export function storiesIn<World extends ForgeWorld>(
  createWorld: () => World,
  happenings: Record<string, Happening<World>>,
): Record<string, Story> {
  return Object.fromEntries(
    Object.entries(happenings).map(([name, happening]) => [name, storyIn(createWorld, happening)]),
  );
}
