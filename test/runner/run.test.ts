import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { createFakeClock } from '../fakes/clock.ts';
import {
  asOther,
  BUBBLEWRAP,
  cannot,
  createWorkbench,
  NONE,
  named,
  printed,
  sleepers,
  type Workbench,
} from './workbench.ts';

const OTHER = asOther('news');
let bench: Workbench;
afterEach(() => bench.end());

describe.each([BUBBLEWRAP, OTHER, NONE])('a command', (policy) => {
  describe.skipIf(cannot(policy) !== undefined)(named(`isolated by ${policy.isolation}`, policy), () => {
    it('runs in a checkout of exactly the commit asked for, whatever came after', async () => {
      bench = createWorkbench(policy);
      const commit = bench.commit({ 'banner.txt': 'the old one' });
      bench.commit({ 'banner.txt': 'the new one' });

      const outcome = await bench.run('cat banner.txt; git rev-parse HEAD; git status --porcelain', {
        commit,
      });

      expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
      expect(printed(outcome)).toBe(`the old one${commit}\n`);
    });

    it('finds nothing of what the environment of Forge holds', async () => {
      process.env.PLANTED_SECRET = 'xoxb-planted';
      bench = createWorkbench(policy);

      const outcome = await bench.run('env');
      delete process.env.PLANTED_SECRET;

      expect(printed(outcome)).toContain('CI=true');
      expect(printed(outcome)).not.toContain('xoxb-planted');
      expect(printed(outcome)).not.toMatch(/^(?:VITEST|NODE_ENV|npm_lifecycle)/mu);
    });

    it('says how it ended', async () => {
      bench = createWorkbench(policy);

      const ends = [await bench.run('echo out; echo err >&2; exit 3'), await bench.run('kill -9 $$')];

      expect(ends[0]).toMatchObject({
        kind: 'exited',
        code: 3,
        output: { text: 'out\nerr\n', isCut: false },
      });
      expect(ends[1]).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
    });

    it('finds the dependencies that were installed once for its commit, as they were', async () => {
      bench = createWorkbench(policy);
      const install = { command: 'mkdir node_modules && date +%s%N >node_modules/made', within: 60_000 };

      const first = await bench.run('cat node_modules/made; echo spoilt >node_modules/made', { install });
      const second = await bench.run('cat node_modules/made', { install });

      expect(printed(first)).toMatch(/^\d+\n$/u);
      expect(printed(second)).toBe(printed(first));
    });

    it('is not run when its dependencies cannot be installed, and they are tried again the next time', async () => {
      bench = createWorkbench(policy);
      const install = { command: 'echo no such package; exit 1', within: 60_000 };

      const outcomes = [await bench.run('echo ran', { install }), await bench.run('echo ran', { install })];

      for (const outcome of outcomes)
        expect(outcome).toEqual({
          kind: 'install-failed',
          reason: 'Installing the dependencies ended with code 1.',
          output: { text: 'no such package\n', isCut: false },
        });
    });

    it('is ended with everything it started when its time is over, also what went into a session of its own', async () => {
      const clock = createFakeClock();
      bench = createWorkbench(policy, { clock });
      const daemon = 'setsid sh -c \'sh -c "exec sleep 98761" & exec sleep 98762\' & (setsid sleep 98763 &)';

      const running = bench.run(`${daemon}; echo begun; exec sleep 98764`, { within: 60_000 });
      await eventually(() => sleepers().length === 4);
      await clock.advance(61_000);
      const outcome = await running;

      expect(outcome).toMatchObject({ kind: 'timed-out', output: { text: 'begun\n' } });
      expect(sleepers()).toEqual([]);
    });

    it('leaves nothing running when it ends by itself', async () => {
      bench = createWorkbench(policy);

      const outcome = await bench.run('setsid sleep 98761 >/dev/null 2>&1 & exit 0');

      expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
      expect(sleepers()).toEqual([]);
    });

    it('is ended when nobody wants it any more, before that is said', async () => {
      bench = createWorkbench(policy);
      const wanted = new AbortController();

      const running = bench.run('sleep 98761', { signal: wanted.signal });
      running.catch(() => undefined);
      await eventually(() => sleepers().length === 1);
      wanted.abort(new Error('aborted by Sam'));

      await expect(running).rejects.toThrow('aborted by Sam');
      expect(sleepers()).toEqual([]);
    });

    it('is ended when Forge stops, and nothing but the mirror stays on disk', async () => {
      bench = createWorkbench(policy);
      const running = bench.run('mkdir -p a/b && chmod 0 a && sleep 98761');
      running.catch(() => undefined);
      await eventually(() => sleepers().length === 1);

      await bench.runner.stop();

      await expect(running).rejects.toThrow('has stopped');
      expect(sleepers()).toEqual([]);
      expect(readdirSync(join(bench.folder, 'runner/runs'))).toEqual([]);
      expect(readdirSync(join(bench.folder, 'runner/mirrors'))).toEqual(['acme%2Fapi.git']);
    });

    it('may print for ever: the end of it is kept', async () => {
      bench = createWorkbench(policy);

      const outcome = await bench.run('yes "a line" | head -c 50000000; echo the end', { outputLimit: 1000 });

      expect(outcome).toMatchObject({ kind: 'exited', code: 0, output: { isCut: true } });
      expect(printed(outcome)).toHaveLength(1000);
      expect(printed(outcome).endsWith('the end\n')).toBe(true);
    });
  });
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('commands', BUBBLEWRAP), () => {
  it('run so many at the same time as the policy says, and the others after them', async () => {
    bench = createWorkbench(BUBBLEWRAP);
    const meet = 'sleep 98761';
    const running = [1, 2, 3].map(() => bench.run(meet));
    for (const one of running) one.catch(() => undefined);

    await eventually(() => sleepers().length === 2);
    const third = await Promise.race([running[2], setTimeout(300, 'waits')]);

    expect(third).toBe('waits');
    expect(sleepers()).toHaveLength(2);
  });
});
