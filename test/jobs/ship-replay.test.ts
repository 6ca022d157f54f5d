import { describe, expect, it } from 'vitest';
import { defineJobs } from '../../jobs/index.ts';
import { failed, passed } from '../fakes/command-runner.ts';
import { recordedRuns } from '../replay/record-story.ts';
import type { RecordedRun } from '../replay/recorded-run.ts';
import { contradictionOf } from '../replay/replay.ts';
import { untouchedWorld } from '../replay/untouched-world.ts';
import { createShipWorld, type ShipWorld } from './ship-world.ts';

async function recorded(happen: (world: ShipWorld) => Promise<unknown>): Promise<RecordedRun[]> {
  const world = createShipWorld();
  try {
    world.runner.script('npm test', failed('flaky'), passed());
    await world.start();
    await world.ship();
    await world.phase('blocked');
    await world.retry();
    await world.followed();
    await happen(world);
    await world.pass(60_000);
    return recordedRuns(world, 'shipped').filter(({ job }) => job === 'ship');
  } finally {
    await world.close();
  }
}

describe('the run of a shipment', () => {
  it.each([
    ['merged', (world: ShipWorld): Promise<unknown> => world.phase('finished'), true],
    ['cancelled', (world: ShipWorld): Promise<unknown> => world.cancel(), false],
  ])(
    'goes on from any place of its journal, and looks at the world in operations alone: %s',
    async (_, end, isMerged) => {
      const runs = await recorded(async (world) => {
        if (isMerged) world.built(world.web.mergeByHand(1, 'lena'));
        await end(world);
      });

      expect(runs).toHaveLength(1);
      for (const run of runs) {
        expect(run.entries.length).toBeGreaterThan(10);
        expect(await contradictionOf(run, (engine) => defineJobs(engine, untouchedWorld()))).toBeUndefined();
      }
    },
  );
});
