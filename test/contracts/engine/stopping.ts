import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { type Opened, untilRun, type World } from '../engine.ts';

export function stoppingContract(world: () => World): void {
  describe('stopping', () => {
    it('needs no time for runs that wait, and leaves them to the next leader', async () => {
      const define = ({ engine }: Opened) =>
        engine.define('job', 1, async (context) => (await context.waitFor('go')).kind);
      const first = world().open();
      define(first);
      await first.engine.start();
      for (const id of ['a', 'b', 'c']) await first.engine.run('job', null, { id });
      await untilRun(first.engine, 'c', 'active');

      await first.engine.stop();

      const second = world().open();
      define(second);
      await second.engine.start();
      expect(second.engine.isLeading).toBe(true);
      await second.engine.signal('c', 'go', { id: 's', by: 'test' });
      await untilRun(second.engine, 'c', 'done');
    });

    it('admits nothing more', async () => {
      const first = world().open();
      const begun: string[] = [];
      const finish = Promise.withResolvers<void>();
      first.engine.define('job', 1, async (context) => {
        begun.push(context.runId);
        await context.operation('slow', () => finish.promise.then(() => null));
        return undefined;
      });
      await first.engine.start();
      await first.engine.run('job', null, { id: 'before' });
      await eventually(() => begun.length === 1);

      const stopped = first.engine.stop();
      await first.engine.run('job', null, { id: 'after' });
      await world().clock.advance(1_000);
      finish.resolve();
      await stopped;

      expect(begun).toEqual(['before']);
      expect(await first.engine.get('after')).toMatchObject({ status: 'queued' });
    });

    it('lets an operation in flight end, and begins no other', async () => {
      const define = ({ engine }: Opened, order: string[], finish: Promise<void>) =>
        engine.define('job', 1, async (context) => {
          await context.operation('first', async () => {
            order.push('first');
            await finish;
            return undefined;
          });
          order.push('between');
          await context.operation('second', async () => void order.push('second'));
          return undefined;
        });
      const finish = Promise.withResolvers<void>();
      const orders: [string[], string[]] = [[], []];
      const first = world().open();
      define(first, orders[0], finish.promise);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await eventually(() => orders[0].length === 1);

      const stopped = first.engine.stop();
      finish.resolve();
      await stopped;
      await world().clock.advance(60_000);
      const second = world().open();
      define(second, orders[1], finish.promise);
      await second.engine.start();
      await untilRun(second.engine, 'r', 'done');

      expect(orders).toEqual([
        ['first', 'between'],
        ['between', 'second'],
      ]);
    });

    it('waits no longer for an operation than its grace', async () => {
      const { engine } = world().open();
      const begun = Promise.withResolvers<AbortSignal>();
      engine.define('job', 1, (context) =>
        context.operation('endless', ({ signal }) => {
          begun.resolve(signal);
          return new Promise<null>(() => undefined);
        }),
      );
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      const signal = await begun.promise;

      const stopped = engine.stop({ grace: '5s' });
      await world().clock.advance(5_000);
      await stopped;

      expect(signal.aborted).toBe(true);
      expect(engine.isLeading).toBe(false);
      expect(await engine.get('r')).toMatchObject({ status: 'active' });
    });

    it('twice is stopping once', async () => {
      const { engine } = world().open();
      await engine.start();

      await Promise.all([engine.stop(), engine.stop()]);
      await engine.stop();

      expect(engine.isLeading).toBe(false);
      expect(world().errors).toEqual([]);
    });

    it('before it was started, or while another leads, keeps it from ever leading', async () => {
      const leader = world().open();
      const standby = world().open();
      const idle = world().open();
      await leader.engine.start();
      await standby.engine.start();

      await standby.engine.stop();
      await idle.engine.stop();
      await leader.engine.stop();
      await idle.engine.start();
      await world().clock.advance(60_000);

      expect([standby.engine.isLeading, idle.engine.isLeading]).toEqual([false, false]);
      const last = world().open();
      await last.engine.start();
      expect(last.engine.isLeading).toBe(true);
    });
  });
}
