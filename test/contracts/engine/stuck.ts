import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { type Opened, untilRun, type World } from '../engine.ts';

export function stuckContract(world: () => World): void {
  describe('a run', () => {
    it('that does more operations than a run may is stuck and says so', async () => {
      const { engine } = world().open({ mostOperations: 5 });
      let bodies = 0;
      engine.define('endless', 1, async (context) => {
        for (;;) await context.operation('again', async () => ++bodies);
      });
      await engine.start();

      await engine.run('endless', null, { id: 'r' });

      expect(await untilRun(engine, 'r', 'stuck')).toMatchObject({
        error:
          'Operation 5 ("again") is one too many: a run may do 5, and work that goes on for ever starts over in time',
      });
      expect(bodies).toBe(5);
    });

    it('that did as many operations as a run may is replayed after a crash', async () => {
      const define = ({ engine }: Opened) =>
        engine.define('job', 1, async (context) => {
          for (let step = 0; step < 4; step += 1) await context.operation(`${step}`, async () => step);
          return (await context.waitFor('go')).kind;
        });
      const first = world().open({ mostOperations: 5 });
      define(first);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await untilRun(first.engine, 'r', 'active');
      await world().clock.advance(1_000);
      await world().crash(first);

      const second = world().open({ mostOperations: 5 });
      define(second);
      await second.engine.start();
      await second.engine.signal('r', 'go', { id: 's', by: 'test' });

      expect(await untilRun(second.engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
    });
  });

  describe('a stuck run', () => {
    it('goes on where it was once its code was mended and somebody has it tried again', async () => {
      const first = await stuckRun();
      await world().crash(first);
      const mended = world().open();
      const effects: string[] = [];
      mended.engine.define('job', 1, async (context) => {
        const value = await context.operation('one', async () => {
          effects.push('one');
          return 'new';
        });
        return [value, (await context.waitFor('go')).kind];
      });
      await mended.engine.start();

      await mended.engine.retry('r', 'U1');
      await mended.engine.signal('r', 'go', { id: 's', by: 'test' });

      expect(await untilRun(mended.engine, 'r', 'done')).toMatchObject({
        output: ['old', 'signalled'],
        error: undefined,
        version: 1,
      });
      expect(effects).toEqual([]);
    });

    it('that is tried again waits until its key is free, and is stuck again where nothing was mended', async () => {
      const { engine } = await stuckRun();
      engine.define('holder', 1, async (context) => void (await context.waitFor('done')));
      await engine.run('holder', null, { id: 'holder', key: 'k' });
      await untilRun(engine, 'holder', 'active');
      await engine.retry('r', 'U1');
      await world().clock.advance(120_000);

      expect(await engine.get('r')).toMatchObject({ status: 'queued', endedAt: undefined });
      await engine.signal('holder', 'done', { id: 's', by: 'test' });
      await untilRun(engine, 'holder', 'done');

      expect((await untilRun(engine, 'r', 'stuck')).error).toContain('the journal has operation "one"');
    });

    it.each([false, true])(
      'that is tried again and aborted before its key is free puts things back (paused: %s)',
      async (paused) => {
        const broken = await stuckRun();
        await world().crash(broken);
        const { engine } = world().open();
        const effects: string[] = [];
        engine.define('job', 1, async (context) => {
          await context.operation('one', async () => 'new');
          await context.waitFor('go').catch(async (error: unknown) => {
            await context.shield(() =>
              context.operation('put back', async () => void effects.push('put back')),
            );
            throw error;
          });
          return undefined;
        });
        engine.define('holder', 1, async (context) => void (await context.waitFor('done')));
        await engine.start();
        await engine.run('holder', null, { id: 'holder', key: 'k' });
        await untilRun(engine, 'holder', 'active');
        await engine.retry('r', 'U1');
        await engine.pause('r', { paused, by: 'U1' });

        await engine.abort('r', 'U1', 'enough');
        const before = (await engine.get('r'))?.status;
        await engine.signal('holder', 'done', { id: 's', by: 'test' });

        await untilRun(engine, 'r', 'aborted');
        expect(before).toBe('queued');
        expect(effects).toEqual(['put back']);
      },
    );

    it('is the only one that can be tried again', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async () => null);
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await untilRun(engine, 'r', 'done');

      await expect(engine.retry('r', 'U1')).rejects.toThrow(
        'Run r is done: only a stuck run can be tried again',
      );
      await expect(engine.retry('nobody', 'U1')).rejects.toThrow('There is no run nobody');
    });

    it('is named to the run that waited for it', async () => {
      const { engine } = world().open({ mostOperations: 5 });
      let caught: unknown;
      engine.define('parent', 1, async (context) => {
        const branches = { eu: { job: 'endless', input: null }, us: { job: 'fine', input: null } };
        await context.runAll(branches).catch((error: unknown) => {
          caught = error;
        });
        return undefined;
      });
      engine.define('endless', 1, async (context) => {
        for (;;) await context.operation('again', async () => null);
      });
      engine.define('fine', 1, async () => null);
      await engine.start();

      await engine.run('parent', null, { id: 'p' });

      await untilRun(engine, 'p', 'done');
      expect(caught).toMatchObject({
        errorName: 'ChildStuck',
        message: expect.stringContaining('eu: Operation 5'),
      });
    });
  });

  /** Its journal has an operation that the code of the engine that is given back does not have. */
  async function stuckRun(): Promise<Opened> {
    const first = world().open();
    let begun = false;
    first.engine.define('job', 1, async (context) => {
      await context.operation('one', async () => 'old');
      begun = true;
      return (await context.waitFor('go')).kind;
    });
    await first.engine.start();
    await first.engine.run('job', null, { id: 'r', key: 'k' });
    await eventually(() => begun);
    await world().crash(first);
    const broken = world().open();
    broken.engine.define('job', 1, async (context) => context.operation('other', async () => 'wrong'));
    await broken.engine.start();
    await untilRun(broken.engine, 'r', 'stuck');
    return broken;
  }
}
