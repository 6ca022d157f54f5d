import { describe, expect, it } from 'vitest';
import { untilRun, type World } from '../engine.ts';

const HOUR = 3_600_000;

export function purgeContract(world: () => World): void {
  describe('what is kept of a run', () => {
    it('is deleted some time after its end, and not before', async () => {
      const { engine, kept } = world().open({ retention: '2h' });
      engine.define('job', 1, async (context) => (await context.waitFor('go')).kind);
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await engine.signal('r', 'go', { id: 's', by: 'test' });
      await untilRun(engine, 'r', 'done');

      await world().clock.advance(HOUR);
      expect(await kept('r')).toEqual({ operations: 1, signals: 1 });
      await world().clock.advance(3 * HOUR);

      expect(await kept('r')).toEqual({ operations: 0, signals: 0 });
    });

    it('leaves how it ended, so that its id is never started twice and whoever waited for it can tell', async () => {
      const { engine } = world().open({ retention: '1h' });
      let starts = 0;
      engine.define('parent', 1, (context) =>
        context.runAll({ eu: { job: 'quick', input: null }, us: { job: 'slow', input: null } }),
      );
      engine.define('quick', 1, async () => ++starts);
      engine.define('slow', 1, async (context) => (await context.waitFor('go')).kind);
      await engine.start();
      await engine.run('parent', null, { id: 'p' });
      await untilRun(engine, 'p/0/eu', 'done');
      await world().clock.advance(3 * HOUR);

      expect(await engine.run('quick', null, { id: 'p/0/eu' })).toBe('exists');
      await engine.signal('p/0/us', 'go', { id: 's', by: 'test' });

      expect(await untilRun(engine, 'p', 'done')).toMatchObject({ output: { eu: 1, us: 'signalled' } });
      expect(starts).toBe(1);
    });

    it('stays while it goes on, and while it is stuck', async () => {
      const { engine, kept } = world().open({ retention: '1h', mostOperations: 2 });
      engine.define('waiting', 1, async (context) => (await context.waitFor('go')).kind);
      engine.define('endless', 1, async (context) => {
        for (;;) await context.operation('again', async () => null);
      });
      await engine.start();
      await engine.run('waiting', null, { id: 'waiting' });
      await engine.run('endless', null, { id: 'endless' });
      await untilRun(engine, 'endless', 'stuck');
      const at = world().clock.now() + 24 * HOUR;
      await engine.run('waiting', null, { id: 'scheduled', at });
      for (const id of ['waiting', 'endless', 'scheduled']) {
        await engine.signal(id, 'later', { id: 's', by: 'test' });
      }

      await world().clock.advance(3 * HOUR);

      expect(await kept('waiting')).toEqual({ operations: 1, signals: 1 });
      expect(await kept('endless')).toEqual({ operations: 2, signals: 1 });
      expect(await kept('scheduled')).toEqual({ operations: 0, signals: 1 });
    });

    it('is deleted for many runs', async () => {
      const { engine, kept } = world().open({ retention: '1h' });
      engine.define('job', 1, (context) => context.operation('one', async () => null));
      await engine.start();
      const ids = Array.from({ length: 70 }, (_, index) => `r${index}`);
      for (const id of ids) await engine.run('job', null, { id });
      for (const id of ids) await untilRun(engine, id, 'done');

      await world().clock.advance(3 * HOUR);

      const left = await Promise.all(ids.map(kept));
      expect(left.filter(({ operations }) => operations > 0)).toEqual([]);
    });

    it('includes signals that come when the rest was deleted', async () => {
      const { engine, kept } = world().open({ retention: '1h' });
      engine.define('job', 1, async () => null);
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await untilRun(engine, 'r', 'done');
      await world().clock.advance(3 * HOUR);
      await engine.signal('r', 'go', { id: 's', by: 'test' });
      const before = await kept('r');

      await world().clock.advance(3 * HOUR);

      expect(before).toEqual({ operations: 0, signals: 1 });
      expect(await kept('r')).toEqual({ operations: 0, signals: 0 });
    });

    it('includes signals of a run that never came, for as long', async () => {
      const { engine, kept } = world().open({ retention: '2h' });
      await engine.start();
      await engine.signal('nobody', 'go', { id: 's', by: 'test' });

      await world().clock.advance(HOUR);
      expect(await kept('nobody')).toEqual({ operations: 0, signals: 1 });
      await world().clock.advance(3 * HOUR);

      expect(await kept('nobody')).toEqual({ operations: 0, signals: 0 });
    });
  });
}
