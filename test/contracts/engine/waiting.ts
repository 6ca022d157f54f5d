import { describe, expect, it } from 'vitest';
import { untilRun, type World } from '../engine.ts';

export function waitingContract(world: () => World): void {
  describe('sleep', () => {
    it('keeps its end through a crash', async () => {
      const first = world().open();
      first.engine.define('job', 1, (context) => context.sleep('night', '10h').then(() => null));
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await world().clock.advance(9 * 3_600_000);
      await world().crash(first);

      const second = world().open();
      second.engine.define('job', 1, (context) => context.sleep('night', '10h').then(() => context.now()));
      const end = world().clock.now() + 3_600_000;
      await second.engine.start();
      await world().clock.advance(3_599_000);
      expect((await second.engine.get('r'))?.status).toBe('active');
      await world().clock.advance(1_000);

      expect(await untilRun(second.engine, 'r', 'done')).toMatchObject({ output: end });
    });

    it('ends at a time', async () => {
      const { engine } = world().open();
      const until = world().clock.now() + 40 * 86_400_000;
      engine.define('job', 1, (context) => context.sleep('long', { until }).then(() => null));
      await engine.start();
      await engine.run('job', null, { id: 'r' });

      await world().clock.advance(500);
      expect((await engine.get('r'))?.status).toBe('active');
    });
  });

  describe('waitFor', () => {
    it('takes signals in the order they were sent, also those sent before it waits', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => [
        await context.waitFor('vote'),
        await context.waitFor('vote'),
      ]);
      await engine.signal('r', 'vote', { id: 'b', by: 'U1', value: 'first' });
      await engine.signal('r', 'vote', { id: 'a', by: 'U2', value: 'second' });
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      const at = world().clock.now();
      expect((await untilRun(engine, 'r', 'done')).output).toEqual([
        { kind: 'signalled', value: 'first', by: 'U1', at },
        { kind: 'signalled', value: 'second', by: 'U2', at },
      ]);
    });

    it('takes the same signal once', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => [
        (await context.waitFor('vote')).kind,
        (await context.waitFor('vote', { within: '1m' })).kind,
      ]);
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await engine.signal('r', 'vote', { id: 'click', by: 'U1' });
      await world().clock.advance(1_000);
      await engine.signal('r', 'vote', { id: 'click', by: 'U1' });

      await world().clock.advance(60_000);

      expect((await untilRun(engine, 'r', 'done')).output).toEqual(['signalled', 'timed-out']);
    });

    it('leaves signals of other names', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => [
        (await context.waitFor('later', { within: '1m' })).kind,
        (await context.waitFor('earlier')).kind,
      ]);
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await engine.signal('r', 'earlier', { id: 'a', by: 'U1' });

      await world().clock.advance(61_000);

      expect((await untilRun(engine, 'r', 'done')).output).toEqual(['timed-out', 'signalled']);
    });

    it('does not take a signal that came after its time, also when nobody led then', async () => {
      const first = world().open();
      const define = (opened: typeof first) =>
        opened.engine.define(
          'job',
          1,
          async (context) => (await context.waitFor('vote', { within: '1h' })).kind,
        );
      define(first);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);
      await world().crash(first);
      await world().clock.advance(2 * 3_600_000);

      const second = world().open();
      define(second);
      await second.engine.signal('r', 'vote', { id: 'late', by: 'U1' });
      await second.engine.start();

      expect(await untilRun(second.engine, 'r', 'done')).toMatchObject({ output: 'timed-out' });
    });
  });
}
