import { describe, expect, it } from 'vitest';
import type { Attempt, OperationOptions } from '../../../jobs/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import { type Opened, untilRun, type World } from '../engine.ts';

export function replayContract(world: () => World): void {
  describe('after a crash', () => {
    it('a recorded operation is not repeated, and gives the same value or error', async () => {
      const seen: unknown[][] = [[], []];
      let bodies = 0;
      await throughCrash(world(), (opened, life) => {
        opened.engine.define('job', 1, async (context) => {
          const value = await context.operation('works', async () => {
            bodies += 1;
            return { at: 1 };
          });
          const failing = context.operation('fails', async () => {
            bodies += 1;
            throw new RangeError('too far');
          });
          const failure = await failing.then(String, (error: unknown) => error);
          seen[life]?.push(value, failure, await context.uuid(), await context.now());
          await context.waitFor('go');
          return null;
        });
      });

      expect(bodies).toBe(2);
      expect(seen[0]).toHaveLength(4);
      expect(seen[1]).toEqual(seen[0]);
    });

    it('an operation in flight is begun again and told that its outcome is unknown', async () => {
      const attempts = await attemptsThroughCrash(world(), {});

      expect(attempts).toEqual([
        { attempt: 1, unknown: false, by: 'body' },
        { attempt: 2, unknown: true, by: 'body' },
      ]);
    });

    it('an outcome that is unknown stays so for every later attempt', async () => {
      const attempts = await attemptsThroughCrash(world(), { retry: { attempts: 3, backoff: 0 } });

      expect(attempts.map(({ unknown }) => unknown)).toEqual([false, true, true]);
    });

    it('an operation in flight asks the world first where it can', async () => {
      const attempts = await attemptsThroughCrash(world(), {
        reconcile: async () => ({ done: true, value: 'found' }),
      });

      expect(attempts).toEqual([{ attempt: 1, unknown: false, by: 'body' }]);
    });

    it('an operation whose effect did not happen is carried out after asking', async () => {
      const attempts = await attemptsThroughCrash(world(), { reconcile: async () => ({ done: false }) });

      expect(attempts).toEqual([
        { attempt: 1, unknown: false, by: 'body' },
        { attempt: 2, unknown: true, by: 'body' },
      ]);
    });

    it.each([
      ['redo', 2],
      ['done', 1],
    ])(
      'an operation that must not be guessed at waits for a person, who says "%s"',
      async (answer, bodies) => {
        let begun = 0;
        const first = world().open();
        const define = ({ engine }: Opened) =>
          engine.define('job', 1, (context) =>
            context.operation(
              'migrate',
              async () => {
                begun += 1;
                if (begun === 1) await new Promise(() => undefined);
                return undefined;
              },
              { onUnknown: 'ask' },
            ),
          );
        define(first);
        await first.engine.start();
        await first.engine.run('job', null, { id: 'r' });
        await eventually(() => begun === 1);
        await world().crash(first);
        const second = world().open();
        define(second);
        await second.engine.start();

        const question = await eventually(() => world().questions[0]);
        expect(question).toMatchObject({ run: 'r', operation: 'migrate', answer: 'answer:0:1' });
        await second.engine.signal('r', question.answer, { id: 'click', by: 'U1', value: answer });

        await untilRun(second.engine, 'r', 'done');
        expect(begun).toBe(bodies);
      },
    );

    it('a pause between two attempts goes on where it was', async () => {
      const attempts: Pick<Attempt, 'attempt' | 'unknown'>[] = [];
      const define = ({ engine }: Opened) =>
        engine.define('job', 1, (context) =>
          context.operation(
            'flaky',
            async ({ attempt, unknown }) => {
              attempts.push({ attempt, unknown });
              if (attempt === 1) throw new Error('not yet');
              return null;
            },
            { retry: { attempts: 2, backoff: '60s' } },
          ),
        );
      const first = world().open();
      define(first);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await eventually(() => attempts.length === 1);
      await world().clock.advance(59_000);
      await world().crash(first);

      const second = world().open();
      define(second);
      await second.engine.start();
      await world().clock.advance(500);
      expect(attempts).toHaveLength(1);
      await world().clock.advance(500);

      await untilRun(second.engine, 'r', 'done');
      expect(attempts).toEqual([
        { attempt: 1, unknown: false },
        { attempt: 2, unknown: false },
      ]);
    });
  });
}

async function throughCrash(world: World, define: (opened: Opened, life: number) => void): Promise<void> {
  const first = world.open();
  define(first, 0);
  await first.engine.start();
  await first.engine.run('job', null, { id: 'r' });
  await untilRun(first.engine, 'r', 'active');
  await world.clock.advance(1_000);
  await world.crash(first);
  await world.clock.advance(60_000);
  const second = world.open();
  define(second, 1);
  await second.engine.start();
  await second.engine.signal('r', 'go', { id: 'go', by: 'test' });
  await untilRun(second.engine, 'r', 'done');
}

type Begun = { attempt: number; unknown: boolean; by: 'body' };

async function attemptsThroughCrash(world: World, options: OperationOptions<string>): Promise<Begun[]> {
  const begun: Begun[] = [];
  const define = ({ engine }: Opened) =>
    engine.define('job', 1, (context) =>
      context.operation(
        'effect',
        async ({ attempt, unknown }) => {
          begun.push({ attempt, unknown, by: 'body' });
          if (attempt === 1) await new Promise(() => undefined);
          if (attempt < (options.retry?.attempts ?? 0)) throw new Error('not yet');
          return 'made';
        },
        options,
      ),
    );
  const first = world.open();
  define(first);
  await first.engine.start();
  await first.engine.run('job', null, { id: 'r' });
  await eventually(() => begun.length === 1);
  await world.crash(first);
  const second = world.open();
  define(second);
  await second.engine.start();
  await untilRun(second.engine, 'r', 'done');
  return begun;
}
