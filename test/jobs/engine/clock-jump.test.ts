import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../db/database.ts';
import { createEngineDriver } from '../../../db/engine-driver.ts';
import { createEngine } from '../../../jobs/engine/create-engine.ts';
import type { Engine, JobContext } from '../../../jobs/engine/engine.ts';
import { clock as realClock } from '../../../src/clock.ts';
import { untilRun } from '../../contracts/engine.ts';
import { eventually } from '../../eventually.ts';
import { createJumpingClock, type JumpingClock } from './jumping-clock.ts';

const hour = 3_600_000;
/** Long enough for the engine to have looked several times. Milliseconds. */
const severalLooks = 150;

describe('an engine whose wall clock jumps', () => {
  let clock: JumpingClock;
  let folder: string;
  let errors: string[];
  let ends: (() => Promise<void>)[];

  beforeEach(() => {
    clock = createJumpingClock();
    folder = mkdtempSync(join(tmpdir(), 'forge-clock-'));
    errors = [];
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends) await end();
    rmSync(folder, { recursive: true });
    expect(errors).toEqual([]);
  });

  function open(): Engine {
    const database = openDatabase(join(folder, 'forge.db'));
    const onError = (error: unknown) => errors.push(String(error));
    const options = { clock, onError, onFenced: onError, pollMs: 20, standbyPollMs: 20 };
    const engine = createEngine(createEngineDriver(database, options), options);
    ends.push(async () => {
      await engine.stop({ grace: 0 });
      database.close();
    });
    return engine;
  }

  async function running(job: (context: JobContext) => Promise<string>): Promise<Engine> {
    const engine = open();
    engine.define('job', 1, job);
    await engine.start();
    await engine.run('job', null, { id: 'r' });
    await untilRun(engine, 'r', 'active');
    await realClock.sleep(severalLooks);
    return engine;
  }

  const sleeping = async (context: JobContext) => {
    await context.sleep('an hour', '1h');
    return 'awake';
  };
  const waiting = async (context: JobContext) => (await context.waitFor('go', { within: '1h' })).kind;
  const failing = (context: JobContext) =>
    context.operation('fails once', ({ attempt }) => failFirst(attempt), {
      retry: { attempts: 2, backoff: '1h', maxBackoff: '1h' },
    });

  describe('forward', () => {
    it.each([
      ['a sleep', sleeping, 'awake'],
      ['a wait with a deadline', waiting, 'timed-out'],
      ['a back-off', failing, 'attempt 2'],
    ] as const)('ends %s whose time has come', async (_, job, output) => {
      const engine = await running(job);
      expect(await engine.get('r')).toMatchObject({ status: 'active' });

      clock.jump(hour);

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output });
    });

    it('begins a run whose start has come', async () => {
      const engine = await running(waiting);
      await engine.run('job', null, { id: 'later', at: clock.now() + hour });
      await realClock.sleep(severalLooks);
      expect(await engine.get('later')).toMatchObject({ status: 'queued' });

      clock.jump(hour);

      await untilRun(engine, 'later', 'active');
    });

    it('does not make a signal late that came in time', async () => {
      const engine = await running(waiting);
      await engine.pause('r', { paused: true, by: 'test' });

      await engine.signal('r', 'go', { id: 's', by: 'test' });
      clock.jump(hour);

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
    });

    it('does not cut an attempt short whose time limit has not passed', async () => {
      const finish = Promise.withResolvers<string>();
      const engine = await running((context) =>
        context.operation(
          'slow',
          ({ signal }) => {
            signal.addEventListener('abort', () => finish.resolve('cut short'), { once: true });
            return finish.promise;
          },
          { within: '30m' },
        ),
      );

      clock.jump(hour);
      await realClock.sleep(severalLooks);
      finish.resolve('finished');

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'finished' });
    });
  });

  describe('back', () => {
    it.each([
      ['a sleep', (context: JobContext) => context.sleep('a while', 400).then(() => 'over')],
      [
        'a wait with a deadline',
        (context: JobContext) => context.waitFor('go', { within: 400 }).then(() => 'over'),
      ],
    ] as const)('keeps the end of %s: it is reached when the clock reaches it again', async (_, job) => {
      const engine = await running(job);

      clock.jump(-hour);
      await realClock.sleep(400 + severalLooks);
      expect(await engine.get('r')).toMatchObject({ status: 'active' });
      clock.jump(hour);

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'over' });
    });

    it('hears signals and aborts, and begins runs, as if nothing had happened', async () => {
      const engine = await running(waiting);
      clock.jump(-hour);

      await engine.run('job', null, { id: 'aborted' });
      await untilRun(engine, 'aborted', 'active');
      await engine.abort('aborted', 'U1', 'a test');
      await engine.signal('r', 'go', { id: 's', by: 'test' });

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
      await untilRun(engine, 'aborted', 'aborted');
    });

    it('hears what another process wrote', async () => {
      const engine = await running(waiting);
      const standby = open();
      clock.jump(-hour);

      await standby.signal('r', 'go', { id: 's', by: 'test' });

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
    });

    it('begins a run that waits for its key as soon as that is free', async () => {
      const engine = await running(waiting);
      await engine.run('job', null, { id: 'first', key: 'checkout' });
      await untilRun(engine, 'first', 'active');
      await engine.run('job', null, { id: 'second', key: 'checkout' });
      clock.jump(-hour);

      await engine.signal('first', 'go', { id: 's', by: 'test' });
      await untilRun(engine, 'first', 'done');

      await untilRun(engine, 'second', 'active');
    });
  });

  it.each([hour, -hour])('by %i ms lets a standby take over as ever', async (jump) => {
    const leader = await running(waiting);
    const standby = open();
    standby.define('job', 1, waiting);
    await standby.start();
    expect(standby.isLeading).toBe(false);
    await leader.signal('r', 'go', { id: 's', by: 'test' });
    await untilRun(leader, 'r', 'done');

    clock.jump(jump);
    await realClock.sleep(severalLooks);
    expect(standby.isLeading).toBe(false);
    await leader.stop({ grace: 0 });

    await eventually(() => standby.isLeading);
  });
});

async function failFirst(attempt: number): Promise<string> {
  if (attempt === 1) throw new Error('not yet');
  return `attempt ${attempt}`;
}
