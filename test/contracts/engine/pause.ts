import { describe, expect, it } from 'vitest';
import { untilRun, type World } from '../engine.ts';

export function pauseContract(world: () => World): void {
  describe('pause', () => {
    it('parks the run before its next operation until it is resumed', async () => {
      const { engine } = world().open();
      const bodies: string[] = [];
      engine.define('job', 1, async (context) => {
        await context.waitFor('go');
        await context.operation('two', async () => void bodies.push('two'));
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);

      await engine.pause('r', { paused: true, by: 'U1' });
      await engine.signal('r', 'go', { id: 's', by: 'test' });
      await world().clock.advance(1_000);
      expect(bodies).toEqual([]);
      await engine.pause('r', { paused: false, by: 'U1' });

      await untilRun(engine, 'r', 'done');
      expect(bodies).toEqual(['two']);
    });

    it('does not hold up what puts things back', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => {
        await context.shield(async () => {
          await context.waitFor('go');
          await context.operation('put back', async () => null);
        });
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await untilRun(engine, 'r', 'active');

      await engine.pause('r', { paused: true, by: 'U1' });
      await engine.signal('r', 'go', { id: 's', by: 'test' });

      await untilRun(engine, 'r', 'done');
    });

    it('gives way to an abort', async () => {
      const { engine } = world().open();
      engine.define('job', 1, async (context) => {
        await context.waitFor('go');
        await context.operation('two', async () => null);
        return undefined;
      });
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);
      await engine.pause('r', { paused: true, by: 'U1' });
      await engine.signal('r', 'go', { id: 's', by: 'test' });
      await world().clock.advance(1_000);

      await engine.abort('r', 'U1', 'enough');

      await untilRun(engine, 'r', 'aborted');
    });
  });
}
