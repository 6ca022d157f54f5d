import { describe, expect, it } from 'vitest';
import { untilRun, type World } from '../engine.ts';

export function versionContract(world: () => World): void {
  describe('when the code has changed', () => {
    it('an older version of a job goes on with its own code', async () => {
      const first = world().open();
      first.engine.define('job', 1, async (context) => void (await context.waitFor('go')));
      await first.engine.start();
      await first.engine.run('job', null, { id: 'old' });
      await untilRun(first.engine, 'old', 'active');
      await world().crash(first);

      const second = world().open();
      second.engine.define('job', 1, async (context) => {
        await context.waitFor('go');
        return `version ${context.version}`;
      });
      second.engine.define('job', 2, async (context) => `version ${context.version}`);
      await second.engine.start();
      await second.engine.signal('old', 'go', { id: 's', by: 'test' });
      await second.engine.run('job', null, { id: 'new' });

      expect(await untilRun(second.engine, 'old', 'done')).toMatchObject({ output: 'version 1', version: 1 });
      expect(await untilRun(second.engine, 'new', 'done')).toMatchObject({ output: 'version 2', version: 2 });
    });

    it('a run whose version the code does not have is stuck, and that is told', async () => {
      const first = world().open();
      first.engine.define('job', 1, async (context) => void (await context.waitFor('go')));
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await untilRun(first.engine, 'r', 'active');
      await world().crash(first);

      const second = world().open();
      second.engine.define('job', 2, async () => null);
      await second.engine.start();

      expect(await second.engine.get('r')).toMatchObject({ status: 'stuck', version: 1 });
      expect(await second.engine.list({ statuses: ['queued', 'active'] })).toEqual([]);
      expect(String(world().errors[0])).toContain('needs version 1 of job "job"');
    });

    it.each([
      [
        'another name',
        'open',
        'Operation 0: the journal has operation "close", the code asks for operation "open"',
      ],
      ['nothing', undefined, 'Operation 0: the journal has operation "close", the code ended before it'],
    ])('a run whose code asks for %s is stuck, and none of its code runs on', async (_, name, error) => {
      const first = world().open();
      first.engine.define('job', 1, async (context) => {
        await context.operation('close', async () => null);
        await context.waitFor('go');
        return undefined;
      });
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r', key: 'k' });
      await untilRun(first.engine, 'r', 'active');
      await world().clock.advance(1_000);
      await world().crash(first);

      let ranOn = false;
      const second = world().open();
      second.engine.define('job', 1, async (context) => {
        if (name === undefined) return;
        try {
          await context.operation(name, async () => null);
        } finally {
          ranOn = true;
        }
        return undefined;
      });
      await second.engine.start();

      expect(await untilRun(second.engine, 'r', 'stuck')).toMatchObject({ error });
      expect(ranOn).toBe(false);
    });
  });
}
