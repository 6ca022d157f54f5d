import { describe, expect, it } from 'vitest';
import { type Attempt, Fatal, OperationFailed } from '../../../jobs/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import { untilRun, type World } from '../engine.ts';

export function operationContract(world: () => World): void {
  describe('an operation', () => {
    it('gives its value to the job, and the job its output to the run', async () => {
      const { engine } = world().open();
      engine.define(
        'double',
        1,
        async (context: { input: number } & Parameters<Parameters<typeof engine.define>[2]>[0]) => {
          return context.operation('double', async () => context.input * 2);
        },
      );
      await engine.start();

      await engine.run('double', 21, { id: 'r' });

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 42, version: 1, input: 21 });
    });

    it('gives undefined as undefined and leaves out what is undefined', async () => {
      const { engine } = world().open();
      const seen: unknown[] = [];
      engine.define('job', 1, async (context) => {
        seen.push(await context.operation('nothing', async () => undefined));
        seen.push(await context.operation('null', async () => null));
        seen.push(await context.operation('partly', async () => ({ kept: 1, gone: undefined })));
        return undefined;
      });
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      expect((await untilRun(engine, 'r', 'done')).output).toBeUndefined();
      expect(seen).toStrictEqual([undefined, null, { kept: 1 }]);
    });

    it('is tried again after growing pauses, and counts its attempts', async () => {
      const { engine } = world().open();
      const attempts: { attempt: number; key: string; at: number }[] = [];
      const begun = world().clock.now();
      engine.define('job', 1, (context) =>
        context.operation(
          'flaky',
          async ({ attempt, idempotencyKey }) => {
            attempts.push({ attempt, key: idempotencyKey, at: world().clock.now() - begun });
            if (attempt < 4) throw new Error('not yet');
            return attempt;
          },
          { retry: { attempts: 5, backoff: '1s', factor: 3, maxBackoff: '5s' } },
        ),
      );
      await engine.start();
      await engine.run('job', null, { id: 'r' });

      await eventually(() => attempts.length === 1);
      await world().clock.advance(20_000);

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 4 });
      expect(attempts).toEqual([
        { attempt: 1, key: 'r:0:flaky', at: 0 },
        { attempt: 2, key: 'r:0:flaky', at: 1_000 },
        { attempt: 3, key: 'r:0:flaky', at: 4_000 },
        { attempt: 4, key: 'r:0:flaky', at: 9_000 },
      ]);
    });

    it.each([
      ['without a retry policy', new Error('broken'), undefined, 'Error'],
      ['with an error no retry can mend', new Fatal('broken'), { attempts: 5 }, 'Fatal'],
      [
        'with an error the policy calls final',
        new TypeError('broken'),
        { attempts: 5, on: () => false },
        'TypeError',
      ],
    ])('fails after one attempt %s', async (_, error, retry, errorName) => {
      const { engine } = world().open();
      let attempts = 0;
      let caught: unknown;
      engine.define('job', 1, async (context) => {
        const body = async () => {
          attempts += 1;
          throw error;
        };
        await context
          .operation('broken', body, retry === undefined ? {} : { retry })
          .catch((thrown: unknown) => {
            caught = thrown;
          });
        return null;
      });
      await engine.start();

      await engine.run('job', null, { id: 'r' });
      await untilRun(engine, 'r', 'done');

      expect(attempts).toBe(1);
      expect(caught).toBeInstanceOf(OperationFailed);
      expect(caught).toMatchObject({ errorName, message: 'broken' });
    });

    it('that is to ask the world after a crash and has nothing to ask with fails at once', async () => {
      const { engine } = world().open();
      let attempts = 0;
      engine.define('job', 1, (context) =>
        context.operation('create', async () => ++attempts, { onUnknown: 'reconcile' }),
      );
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      expect((await untilRun(engine, 'r', 'failed')).error).toBe(
        'Operation "create" has onUnknown "reconcile" and no reconcile: give it one',
      );
      expect(attempts).toBe(0);
    });

    it('that fails for good fails the run, which keeps the error', async () => {
      const { engine } = world().open();
      engine.define('job', 1, (context) =>
        context.operation('broken', async () => {
          throw new Error('no such cluster', { cause: new Error('404') });
        }),
      );
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      expect(await untilRun(engine, 'r', 'failed')).toMatchObject({ error: 'no such cluster: 404' });
      expect(world().errors).toHaveLength(1);
    });

    it('is told when its time is up', async () => {
      const { engine } = world().open();
      const begun = Promise.withResolvers<Attempt>();
      engine.define('job', 1, (context) =>
        context.operation('slow', (attempt) => untilAborted(attempt, begun.resolve), { within: '30s' }),
      );
      await engine.start();
      await engine.run('job', null, { id: 'r' });

      const { signal } = await begun.promise;
      await world().clock.advance(30_000);

      expect(signal.reason).toMatchObject({ name: 'TimeLimitReached' });
      expect(await untilRun(engine, 'r', 'failed')).toMatchObject({
        error: 'Operation "slow" did not end within 30000 ms',
      });
    });

    it.each([
      ['a date', () => new Date(0), 'value is Date, not JSON'],
      ['not a number', () => ({ weights: [Number.NaN] }), 'value.weights[0] is NaN, not JSON'],
      ['too much', () => 'x'.repeat(300_000), 'the journal keeps at most 262144'],
    ])('may not return %s', async (_, make: () => unknown, message) => {
      const { engine } = world().open();
      engine.define('job', 1, (context) => context.operation('wrong', async () => JSON.parse('0', make)));
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      expect((await untilRun(engine, 'r', 'failed')).error).toContain(message);
    });

    it('journals the time, randomness and ids', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => [
        await context.now(),
        await context.random(),
        await context.uuid(),
      ]);
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      expect((await untilRun(engine, 'r', 'done')).output).toEqual([
        world().clock.now(),
        expect.any(Number),
        expect.stringMatching(/^[0-9a-f-]{36}$/),
      ]);
    });
  });
}

function untilAborted(attempt: Attempt, begun: (attempt: Attempt) => void): Promise<undefined> {
  begun(attempt);
  return new Promise((_, reject) => {
    attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason), { once: true });
  });
}
