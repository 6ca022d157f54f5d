import { describe, expect, it } from 'vitest';
import { AbortRequested, type Attempt } from '../../../jobs/engine/engine.ts';
import { type Opened, untilRun, type World } from '../engine.ts';

export function abortContract(world: () => World): void {
  describe('abort', () => {
    it('reaches the operation in flight, which settles before the job hears of it', async () => {
      const { engine } = world().open();
      const order: string[] = [];
      const begun = Promise.withResolvers<Attempt>();
      const finish = Promise.withResolvers<void>();
      engine.define('job', 1, async (context) => {
        try {
          await context.operation('shift', async (attempt) => {
            begun.resolve(attempt);
            await finish.promise;
            order.push('settled');
            return 'shifted';
          });
        } catch (error) {
          order.push(error instanceof AbortRequested ? 'aborted' : 'failed');
          await context.shield(() => context.operation('put back', async () => void order.push('put back')));
          throw error;
        }
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      const { signal } = await begun.promise;

      await engine.abort('r', 'U1', 'errors');
      await world().clock.advance(1_000);

      expect(signal.reason).toMatchObject({ name: 'AbortRequested', by: 'U1', reason: 'errors' });
      expect(order).toEqual([]);
      finish.resolve();
      await untilRun(engine, 'r', 'aborted');
      expect(order).toEqual(['settled', 'aborted', 'put back']);
    });

    it.each([
      ['a sleep', 'sleep'],
      ['a wait', 'wait'],
      ['a pause between attempts', 'backoff'],
    ] as const)('ends %s', async (_, kind) => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => {
        if (kind === 'sleep') await context.sleep('long', '1d');
        if (kind === 'wait') await context.waitFor('nothing');
        const failing = async () => {
          throw new Error('not yet');
        };
        await context.operation('flaky', failing, {
          retry: { attempts: 9, backoff: '1d', maxBackoff: '1d' },
        });
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);

      await engine.abort('r', 'U1', 'errors');

      await untilRun(engine, 'r', 'aborted');
    });

    it('is met at the same operation after a crash, and recorded values still come first', async () => {
      const seen: string[][] = [[], []];
      const define = ({ engine }: Opened, life: number) =>
        engine.define('job', 1, async (context) => {
          seen[life]?.push(await context.operation('before', async () => 'before'));
          await context.waitFor('never').catch((error: unknown) => {
            seen[life]?.push(error instanceof AbortRequested ? `aborted by ${error.by}` : 'failed');
          });
          await context.shield(async () => {
            seen[life]?.push((await context.waitFor('restored')).kind);
          });
          return undefined;
        });
      const first = world().open();
      define(first, 0);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);
      await first.engine.abort('r', 'U1', 'errors');
      await world().clock.advance(1_000);
      await world().crash(first);

      const second = world().open();
      define(second, 1);
      await second.engine.start();
      await second.engine.signal('r', 'restored', { id: 's', by: 'test' });

      await untilRun(second.engine, 'r', 'done');
      expect(seen).toEqual([
        ['before', 'aborted by U1'],
        ['before', 'aborted by U1', 'signalled'],
      ]);
    });

    it('is that of whoever asked first', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => {
        await context.shield(() => context.waitFor('go'));
        return context.sleep('a while', '1d').then(() => 'slept', String);
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await untilRun(engine, 'r', 'active');

      await engine.abort('r', 'U1', 'errors');
      await engine.abort('r', 'U2', 'me too');
      await engine.signal('r', 'go', { id: 's', by: 'test' });

      const { output } = await untilRun(engine, 'r', 'done');
      expect(output).toBe('AbortRequested: Aborted by U1: errors');
    });

    it('that came while nobody led is met at the next operation', async () => {
      const first = world().open();
      const bodies: string[] = [];
      const define = ({ engine }: Opened) =>
        engine.define('job', 1, async (context) => {
          await context.operation('one', async () => void bodies.push('one'));
          await context.waitFor('go');
          await context.operation('two', async () => void bodies.push('two'));
          return undefined;
        });
      define(first);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);
      await world().crash(first);

      const second = world().open();
      await second.engine.signal('r', 'go', { id: 's', by: 'test' });
      await second.engine.abort('r', 'U1', 'errors');
      define(second);
      await second.engine.start();

      await untilRun(second.engine, 'r', 'aborted');
      expect(bodies).toEqual(['one']);
    });

    it('of a queued run means that it never starts', async () => {
      const { engine } = world().open();
      let started = false;
      engine.define('job', 1, async () => {
        started = true;
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r', at: world().clock.now() + 60_000 });

      await engine.abort('r', 'U1', 'not today');
      await world().clock.advance(120_000);

      expect(await engine.get('r')).toMatchObject({ status: 'aborted', startedAt: undefined });
      expect(started).toBe(false);
    });

    it('of a run that does not exist is refused, and of one that has ended changes nothing', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async () => null);
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await untilRun(engine, 'r', 'done');

      await engine.abort('r', 'U1', 'too late');

      expect((await engine.get('r'))?.status).toBe('done');
      await expect(engine.abort('nobody', 'U1', 'x')).rejects.toThrow('There is no run nobody');
    });
  });
}
