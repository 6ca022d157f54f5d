import { describe, expect, it } from 'vitest';
import { defineJobs } from '../../jobs/index.ts';
import { recordings } from '../replay/recordings.ts';
import { contradictionOf } from '../replay/replay.ts';
import { untouchedWorld } from '../replay/untouched-world.ts';

describe('the run of a shipment', () => {
  it.each(['shipped and merged by hand', 'shipped and cancelled'])(
    'goes on from any place of its journal, and looks at the world in operations alone: %s',
    async (story) => {
      const runs = (await recordings[story]?.()) ?? [];

      expect(runs).toHaveLength(1);
      for (const run of runs) {
        expect(run.entries.length).toBeGreaterThan(10);
        expect(await contradictionOf(run, (engine) => defineJobs(engine, untouchedWorld()))).toBeUndefined();
      }
    },
  );
});
