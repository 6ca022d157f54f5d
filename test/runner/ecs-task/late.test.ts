import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clock } from '../../../src/clock.ts';
import { eventually } from '../../eventually.ts';
import { BUBBLEWRAP, cannot, named } from '../workbench.ts';
import { createTaskWorld, type TaskWorld } from './task-world.ts';

let world: TaskWorld;
beforeAll(async () => {
  world = await createTaskWorld();
});
afterAll(() => world.end());

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('a task that does not end', BUBBLEWRAP), () => {
  it('is ended when its time is over, and its command has timed out', async () => {
    const commit = await world.commit({ 'a.txt': 'a' });
    let ahead = 0;
    let looks = 0;
    const sleep: typeof clock.sleep = (ms, signal) => {
      looks += 1;
      return clock.sleep(ms, signal);
    };
    const { run } = world.newRunner({ clock: { ...clock, sleep, now: () => clock.now() + ahead } });

    const running = run({ commit, command: 'sleep 20' });
    await eventually(() => world.tasks()[0]?.containers?.check?.lastStatus === 'RUNNING');
    const before = looks;
    await eventually(() => looks > before + 1);
    ahead = 3_600_000;

    expect(await running).toMatchObject({ kind: 'timed-out' });
    expect(world.tasks()).toMatchObject([
      { desiredStatus: 'STOPPED', stoppedReason: 'Forge has ended this check.' },
    ]);
  });
});
