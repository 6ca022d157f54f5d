import { describe, expect, it } from 'vitest';
import { untilRun, type World } from '../engine.ts';

const HOUR = 3_600_000;

export function wallClockContract(world: () => World): void {
  describe('when the wall clock is set', () => {
    it('on by an hour, a sleep and a wait that are over by then end at the next look', async () => {
      const { engine } = world().open({ pollMs: 200 });
      engine.define('sleeping', 1, (context) => context.sleep('nap', '50m').then(() => 'awake'));
      engine.define('waiting', 1, async (context) => (await context.waitFor('go', { within: '50m' })).kind);
      await engine.start();
      await engine.run('sleeping', null, { id: 'sleeping' });
      await engine.run('waiting', null, { id: 'waiting' });
      await world().clock.advance(1_000);

      world().clock.jump(HOUR);
      await world().clock.advance(500);

      expect(await untilRun(engine, 'sleeping', 'done')).toMatchObject({ output: 'awake' });
      expect(await untilRun(engine, 'waiting', 'done')).toMatchObject({ output: 'timed-out' });
    });

    it('back by an hour, a sleep is longer by that hour and not lost', async () => {
      const { engine } = world().open({ pollMs: 10_000 });
      engine.define('sleeping', 1, (context) => context.sleep('nap', '50m').then(() => 'awake'));
      await engine.start();
      await engine.run('sleeping', null, { id: 'r' });
      await world().clock.advance(1_000);

      world().clock.jump(-HOUR);
      await world().clock.advance(50 * 60_000);
      expect(await engine.get('r')).toMatchObject({ status: 'active' });
      await world().clock.advance(HOUR);

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'awake' });
    });

    it('back by an hour, a run that was to start at once does not wait for that hour', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async () => null);
      await engine.run('job', null, { id: 'r' });

      world().clock.jump(-HOUR);
      await engine.start();

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: null });
    });

    it('back by an hour, the leader goes on looking', async () => {
      const { engine } = world().open({ pollMs: 200 });
      engine.define('job', 1, async () => 'done');
      await engine.start();
      const at = world().clock.now() - HOUR + 5_000;
      await world().clock.advance(300);

      world().clock.jump(-HOUR);
      await engine.run('job', null, { id: 'r', at });
      await world().clock.advance(6_000);

      await untilRun(engine, 'r', 'done');
    });

    it('on and back, a signal sent meanwhile counts by the time its sender had', async () => {
      const { engine } = world().open({ pollMs: 200 });
      engine.define('job', 1, async (context) => (await context.waitFor('go', { within: '2h' })).kind);
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);

      world().clock.jump(-HOUR);
      await engine.signal('r', 'go', { id: 's', by: 'test' });
      world().clock.jump(HOUR);
      await world().clock.advance(500);

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
    });

    it('back while an attempt is under way, its time limit stays as long as it was', async () => {
      const { engine } = world().open({ pollMs: 200 });
      engine.define('job', 1, (context) =>
        context.operation(
          'slow',
          ({ signal }) =>
            new Promise<null>((_, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason), { once: true });
            }),
          { within: '30s' },
        ),
      );
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);

      world().clock.jump(-HOUR);
      await world().clock.advance(30_000);

      expect((await untilRun(engine, 'r', 'failed')).error).toContain('did not end within 30000 ms');
    });
  });
}
