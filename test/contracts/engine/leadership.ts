import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { untilRun, type World } from '../engine.ts';

export function leadershipContract(world: () => World): void {
  describe('leadership', () => {
    it('is one engine’s; a standby takes over when that one stops', async () => {
      const first = world().open();
      const second = world().open();
      for (const { engine } of [first, second]) {
        engine.define('job', 1, async (context) => (await context.waitFor('go')).kind);
      }
      await first.engine.start();
      await second.engine.start();
      expect([first.engine.isLeading, second.engine.isLeading]).toEqual([true, false]);
      await second.engine.run('job', null, { id: 'r' });
      await world().clock.advance(60_000);
      await untilRun(second.engine, 'r', 'active');

      await world().crash(first);
      await world().clock.advance(100);
      await eventually(() => second.engine.isLeading);
      await second.engine.signal('r', 'go', { id: 's', by: 'test' });

      expect(await untilRun(second.engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
    });

    it('ends when the operations under way are recorded, and begins nothing more', async () => {
      const first = world().open();
      const bodies: string[] = [];
      const begun = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      const define = ({ engine }: typeof first) =>
        engine.define('job', 1, async (context) => {
          await context.operation('one', async () => {
            bodies.push('one');
            begun.resolve();
            await finish.promise;
            return undefined;
          });
          await context.operation('two', async () => void bodies.push('two'));
          return undefined;
        });
      define(first);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await begun.promise;

      const stopped = first.engine.stop({ grace: '5s' });
      finish.resolve();
      await stopped;
      expect(first.engine.isLeading).toBe(false);
      expect(bodies).toEqual(['one']);

      const second = world().open();
      define(second);
      await second.engine.start();
      await untilRun(second.engine, 'r', 'done');
      expect(bodies).toEqual(['one', 'two']);
    });

    it('runs loops, begins those again that fail, and ends them with it', async () => {
      const opened = world().open();
      let begun = 0;
      let ended: unknown;
      opened.engine.whileLeading('publish', async (signal) => {
        begun += 1;
        if (begun === 1) throw new Error('Slack is down');
        await world()
          .clock.sleep(3_600_000, signal)
          .catch((reason: unknown) => {
            ended = reason;
          });
      });
      await opened.engine.start();
      await world().clock.advance(1_000);

      expect(begun).toBe(2);
      expect(world().errors.map(String)).toEqual([
        'Error: The loop "publish" failed and begins again in 1000 ms',
      ]);
      await world().crash(opened);
      expect(ended).toMatchObject({ message: 'Forge is stopping' });
    });
  });
}
