import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { untilRun, type World } from '../engine.ts';

export function keyContract(world: () => World): void {
  describe('runs', () => {
    it('of one key are never active together, and come by priority, then in order', async () => {
      const { engine } = world().open();
      const order: string[] = [];
      let active = 0;
      engine.define('job', 1, async (context) => {
        active += 1;
        expect(active).toBe(1);
        order.push(context.runId);
        await context.sleep('a while', '1s');
        active -= 1;
        return undefined;
      });
      const key = 'checkout/production';
      await engine.run('job', null, { id: 'first', key });
      await engine.run('job', null, { id: 'second', key });
      await engine.run('job', null, { id: 'urgent', key, priority: 5 });
      await engine.start();

      await world().clock.advance(5_000);

      await untilRun(engine, 'second', 'done');
      expect(order).toEqual(['urgent', 'first', 'second']);
      expect(world().errors).toEqual([]);
    });

    it('of different keys, or without one, are active together', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => void (await context.waitFor('go')));
      await engine.start();

      await engine.run('job', null, { id: 'a', key: 'a' });
      await engine.run('job', null, { id: 'b', key: 'b' });
      await engine.run('job', null, { id: 'c' });
      await engine.run('job', null, { id: 'd' });

      await eventually(async () => (await engine.list({ statuses: ['active'] })).length === 4);
    });

    it('free their key when they fail', async () => {
      const { engine } = world().open();
      engine.define('bad', 1, async () => {
        throw new Error('bad');
      });
      engine.define('good', 1, async (context) => context.key ?? null);
      await engine.start();

      await engine.run('bad', null, { id: 'bad', key: 'k' });
      await engine.run('good', null, { id: 'good', key: 'k' });

      expect(await untilRun(engine, 'good', 'done')).toMatchObject({ output: 'k' });
    });

    it('start once per id', async () => {
      const { engine } = world().open();
      let starts = 0;
      engine.define('job', 1, async () => {
        starts += 1;
        return starts;
      });
      await engine.start();

      const results = [await engine.run('job', 1, { id: 'r' }), await engine.run('job', 2, { id: 'r' })];
      await untilRun(engine, 'r', 'done');
      results.push(await engine.run('job', 3, { id: 'r' }));
      await world().clock.advance(1_000);

      expect(results).toEqual(['queued', 'exists', 'exists']);
      expect(starts).toBe(1);
    });

    it('start at their time', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async () => null);
      await engine.start();
      const at = world().clock.now() + 3_600_000;
      await engine.run('job', null, { id: 'r', at });

      await world().clock.advance(3_599_000);
      expect((await engine.get('r'))?.status).toBe('queued');
      await world().clock.advance(1_200);

      expect((await untilRun(engine, 'r', 'done')).startedAt).toBeGreaterThanOrEqual(at);
    });

    it('of a job nobody defined are refused', async () => {
      const { engine } = world().open();
      await engine.start();

      await expect(engine.run('unheard of', null, { id: 'r' })).rejects.toThrow(
        'No job "unheard of" is defined',
      );
    });

    it('hold their key until nothing of theirs is under way any more', async () => {
      const { engine } = world().open();
      const finish = Promise.withResolvers<void>();
      const order: string[] = [];
      engine.define('careless', 1, async (context) => {
        const forgotten = context.operation('forgotten', async () => {
          await finish.promise;
          order.push('forgotten settled');
          return undefined;
        });
        await Promise.race([forgotten, context.sleep('a while', '1s')]);
        return undefined;
      });
      engine.define('next', 1, async () => void order.push('next'));
      await engine.start();
      await engine.run('careless', null, { id: 'careless', key: 'k' });
      await engine.run('next', null, { id: 'next', key: 'k' });
      await world().clock.advance(2_000);

      finish.resolve();

      await untilRun(engine, 'next', 'done');
      expect(order).toEqual(['forgotten settled', 'next']);
    });
  });
}
