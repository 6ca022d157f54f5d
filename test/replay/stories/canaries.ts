import { quickly } from '../../jobs/coloured-shop.ts';
import { inEurope } from '../../jobs/two-regions.ts';
import { atStep, inColours, twoSteps, underAllGates } from '../coloured-story.ts';
import type { Story } from '../story.ts';

/** Ways a deployment in colours goes without anybody saying anything. */
export const canaries: Record<string, Story> = {
  canary: inColours((world) => world.deployed('v1.1.0'), { steps: twoSteps }),
  'canary under all gates': underAllGates((world) => world.ended(1)),
  'blue-green': underAllGates((world) => world.ended(1), {
    environment: { strategy: { kind: 'blue-green', steps: [{ weight: 100, bake: 3_000 }] } },
  }),
  'canary without a dead-man switch': inColours((world) => world.deployed('v1.1.0'), { deadMan: 'off' }),
  'canary that fails at its first weight': inColours(
    async (world) => {
      const failed = { kind: 'failed', reason: 'GET /health answered 500' } as const;
      const broken = atStep(world, 'bake-25', () => world.smoke.colour('green', failed));
      await world.deployed('v1.1.0');
      await broken;
    },
    { steps: twoSteps },
  ),
  'canary that never gets traffic': inColours((world) => {
    world.platform.behave('v1.1.0', { kind: 'failing', reason: 'exited with 1' });
    return world.deployed('v1.1.0');
  }),
  'canary whose switch cannot be armed': inColours((world) => {
    world.deadMan.break('arm', 'refused');
    return world.deployed('v1.1.0');
  }),
  'canary whose switch cannot be armed, and people go on': underAllGates(async (world) => {
    world.deadMan.break('arm', 'refused');
    await world.untilPhase(1, 'held');
    await world.resume(1);
    await world.ended(1);
  }),
  'canary whose switch is stolen': underAllGates(async (world) => {
    const stolen = atStep(world, 'bake-100', () => world.deadMan.steal(inEurope));
    await world.ended(1);
    await stolen;
  }),
  'canary whose switch is taken away while the old colour is down': underAllGates(async (world) => {
    const down = atStep(world, 'bake-25', () => world.platform.sicken(inEurope, 'blue', 0));
    await world.untilPhase(1, 'held');
    await down;
    world.platform.sicken(inEurope, 'blue', undefined);
    await world.ended(1);
  }),
  'canary after whose write AWS is silent': inColours(async (world) => {
    const broken = atStep(world, 'shift-100', () =>
      world.platform.break({ method: 'setTraffic', kind: 'unavailable-after', times: 1 }),
    );
    await world.deployed('v1.1.0');
    await broken;
  }),
  'canary that the dead-man switch takes back': underAllGates(async (world) => {
    await world.untilStep('eu-west-1/bake-25');
    world.crash();
    await world.clock.advance(60_000);
    world.deadMan.act();
    await world.start();
    await world.ended(1);
  }),
  'canary with too few requests, and people go on': underAllGates(
    async (world) => {
      world.metrics.conduct('green', { requests: 1 });
      await world.untilPhase(1, 'held');
      await world.resume(1);
      await world.untilStep('eu-west-1/bake-100');
      world.metrics.conduct('green', {});
      await world.ended(1);
    },
    { timing: { ...quickly, evidenceWithin: 4_000 } },
  ),
  'canary with too few requests, and nobody answers': underAllGates(
    async (world) => {
      world.metrics.conduct('green', { requests: 1 });
      await world.ended(1);
    },
    { timing: { ...quickly, evidenceWithin: 4_000, questionWithin: 20_000 } },
  ),
};
