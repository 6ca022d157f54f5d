import { describe, expect, it } from 'vitest';
import type { JobContext } from '../../../jobs/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import { type Opened, untilRun, type World } from '../engine.ts';

/** Operations that a job began and does not wait for any more, as one that lost a race. */
export function abandonedContract(world: () => World): void {
  describe('an operation that nobody awaits any more', () => {
    it('has no further attempt once its run has ended', async () => {
      const { engine } = world().open();
      const attempts: number[] = [];
      engine.define('job', 1, async (context) => {
        await Promise.race([failing(context, attempts), context.sleep('a while', '1s')]);
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await eventually(() => attempts.length === 1);
      await world().clock.advance(1_000);
      await untilRun(engine, 'r', 'done');

      await world().clock.advance(120_000);

      expect(attempts).toEqual([1]);
    });

    it('does not begin once its run has started over, and cannot make it start over again', async () => {
      const { engine } = world().open({ mostOperations: 3 });
      const late = Promise.withResolvers<void>();
      const effects: string[] = [];
      let lives = 0;
      engine.define('job', 1, async (context) => {
        lives += 1;
        const life = lives;
        await context.operation('life', async () => life);
        if (life === 2) return (await context.waitFor('go')).kind;
        const forgotten = async () => {
          await late.promise;
          for (let step = 0; step < 9; step += 1) {
            context
              .operation('late', async () => void effects.push('late'))
              .catch(() => effects.push('failed'));
          }
          await context.startOver();
        };
        forgotten().catch(() => effects.push('failed'));
        await context.startOver();
        return 'never';
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await eventually(() => lives === 2);

      late.resolve();
      await world().clock.advance(60_000);
      await engine.signal('r', 'go', { id: 's', by: 'test' });

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
      expect([lives, effects]).toEqual([2, []]);
    });

    it('does nothing more once its run is stuck', async () => {
      const attempts: number[] = [];
      const first = world().open();
      first.engine.define('job', 1, async (context) => {
        await Promise.all([failing(context, attempts), context.waitFor('go')]);
        return undefined;
      });
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await eventually(() => attempts.length === 1);
      await world().crash(first);
      const second = world().open();
      second.engine.define('job', 1, async (context) => {
        await Promise.all([failing(context, attempts), context.waitFor('another')]);
        return undefined;
      });
      await second.engine.start();
      await untilRun(second.engine, 'r', 'stuck');

      await world().clock.advance(120_000);

      expect(attempts).toEqual([1]);
    });

    it('keeps the key of a run that is stuck until it has settled', async () => {
      const order: string[] = [];
      const finish = Promise.withResolvers<void>();
      const define = ({ engine }: Opened, signal: string, life: number) => {
        engine.define('job', 1, async (context) => {
          const effect = context.operation('effect', async () => {
            order.push('begun');
            await finish.promise;
            order.push('settled');
            return undefined;
          });
          await eventually(() => order.length === life);
          await Promise.all([effect, context.waitFor(signal)]);
          return undefined;
        });
        engine.define('next', 1, async () => void order.push('next'));
      };
      const first = world().open();
      define(first, 'go', 1);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r', key: 'k' });
      await eventually(async () => (await first.kept('r')).operations === 2);
      await world().crash(first);
      const second = world().open();
      define(second, 'another', 2);
      await second.engine.start();
      await eventually(() => order.length === 2);
      await second.engine.run('next', null, { id: 'next', key: 'k' });
      await world().clock.advance(120_000);

      finish.resolve();

      await untilRun(second.engine, 'r', 'stuck');
      await untilRun(second.engine, 'next', 'done');
      expect(order).toEqual(['begun', 'begun', 'settled', 'settled', 'next']);
    });

    it('takes no signal from the run that has started over', async () => {
      const { engine } = world().open();
      const heard: string[] = [];
      engine.define('job', 1, async (context) => {
        const life = await context.operation('life', async () => heard.length);
        if (life === 0) {
          heard.push('begun');
          await Promise.race([context.waitFor('go', { within: '30s' }), context.sleep('a while', '1s')]);
          await context.startOver();
        }
        await context.sleep('not listening', '1m');
        heard.push((await context.waitFor('go')).kind);
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await eventually(() => heard.length === 1);
      await world().clock.advance(2_000);

      await engine.signal('r', 'go', { id: 's', by: 'test' });
      await world().clock.advance(60_000);

      await untilRun(engine, 'r', 'done');
      expect(heard).toEqual(['begun', 'signalled']);
    });

    it('that was cut because its run is stuck has not failed: its outcome is unknown when the run is tried again', async () => {
      const first = world().open();
      const begun: string[] = [];
      first.engine.define('job', 1, async (context) => {
        await context.waitFor('start');
        await Promise.all([untilCut(context, begun), context.waitFor('go')]);
        return undefined;
      });
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await first.engine.signal('r', 'start', { id: 's', by: 'test' });
      await eventually(() => begun.length === 1);
      await world().crash(first);
      const second = world().open();
      second.engine.define('job', 1, async (context) => {
        await context.waitFor('start');
        const effect = untilCut(context, begun);
        await eventually(() => begun.length === 2);
        await Promise.all([effect, context.waitFor('another')]);
        return undefined;
      });
      await second.engine.start();
      await untilRun(second.engine, 'r', 'stuck');
      await world().crash(second);
      const mended = world().open();
      mended.engine.define('job', 1, async (context) => {
        await context.waitFor('start');
        const [unknown] = await Promise.all([
          context.operation('effect', async (attempt) => attempt.unknown),
          context.waitFor('go'),
        ]);
        return unknown;
      });
      await mended.engine.start();
      await mended.engine.retry('r', 'U1');
      await mended.engine.signal('r', 'go', { id: 's', by: 'test' });

      expect(await untilRun(mended.engine, 'r', 'done')).toMatchObject({ output: true });
    });
  });
}

function failing(context: JobContext, attempts: number[]): Promise<undefined> {
  return context.operation(
    'flaky',
    async ({ attempt }) => {
      attempts.push(attempt);
      throw new Error('not yet');
    },
    { retry: { attempts: 9, backoff: '10s' } },
  );
}

function untilCut(context: JobContext, begun: string[]): Promise<undefined> {
  return context.operation('effect', async ({ signal }) => {
    begun.push('effect');
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  });
}
