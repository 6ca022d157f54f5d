import { describe, expect, it } from 'vitest';
import { type Opened, untilRun, type World } from '../engine.ts';

export function startOverContract(world: () => World): void {
  describe('a run that starts over', () => {
    it('begins its code again with an empty journal, and may go on for ever', async () => {
      const { engine, kept } = world().open({ mostOperations: 10 });
      let lives = 0;
      engine.define('tireless', 1, async (context) => {
        lives += 1;
        for (;;) {
          const value = await context.operation('try', async () => lives);
          expect(value).toBe(lives);
          if (lives === 20) return [lives, context.input];
          await context.startOver({ after: 5 });
        }
      });
      await engine.start();

      await engine.run('tireless', 'input', { id: 'r', key: 'k' });

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: [20, 'input'], key: 'k' });
      expect(await kept('r')).toEqual({ operations: 1, signals: 0 });
    });

    it('does so again after a crash from where it started over, and takes no signal twice', async () => {
      const values: unknown[] = [];
      const define = ({ engine }: Opened, life: string) =>
        engine.define('job', 1, async (context) => {
          values.push(await context.operation('life', async () => life));
          const heard = await context.waitFor('go');
          if (heard.kind === 'signalled' && heard.value === 'end') return values.length;
          await context.startOver();
          return 'never';
        });
      const first = world().open();
      define(first, 'first');
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await first.engine.signal('r', 'go', { id: 'a', by: 'test' });
      await world().clock.advance(1_000);
      await world().crash(first);
      const second = world().open();
      define(second, 'second');
      await second.engine.start();
      await world().clock.advance(1_000);

      expect(values).toEqual(['first', 'first', 'first']);
      await second.engine.signal('r', 'go', { id: 'b', by: 'test', value: 'end' });
      await untilRun(second.engine, 'r', 'done');
    });

    it('waits for new children, not for those of before', async () => {
      const { engine } = world().open();
      let children = 0;
      engine.define('parent', 1, async (context) => {
        const { eu } = await context.runAll({ eu: { job: 'child', input: null } });
        if (eu === 3) return 'three';
        await context.startOver();
        return 'never';
      });
      engine.define('child', 1, async () => ++children);
      await engine.start();

      await engine.run('parent', null, { id: 'p' });

      expect(await untilRun(engine, 'p', 'done')).toMatchObject({ output: 'three' });
    });

    it('meets an abort at its next operation', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => {
        await context.sleep('a while', '1m');
        await context.startOver();
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await world().clock.advance(300_000);

      await engine.abort('r', 'U1', 'enough');

      await untilRun(engine, 'r', 'aborted');
    });

    it('does so nowhere its journal has gone on from, also when newer code would sooner', async () => {
      const effects: string[] = [];
      const define = ({ engine }: Opened, after: number) =>
        engine.define('job', 1, async (context) => {
          for (let step = 0; step < 4; step += 1) {
            await context.operation(`${step}`, async () => void effects.push(`${step}`));
            await context.startOver({ after });
          }
          return (await context.waitFor('go')).kind;
        });
      const first = world().open();
      define(first, 100);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);
      await world().crash(first);
      const second = world().open({ mostOperations: 10 });
      define(second, 3);
      await second.engine.start();

      await second.engine.signal('r', 'go', { id: 's', by: 'test' });

      expect(await untilRun(second.engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
      expect(effects).toEqual(['0', '1', '2', '3']);
    });

    it('does not do so inside a shield', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => {
        await context.shield(() => context.startOver());
        return undefined;
      });
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      expect((await untilRun(engine, 'r', 'failed')).error).toContain('cannot start over inside a shield');
    });
  });
}
