import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
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

    it('a run keeps its version through every restart, also when newer code led in between', async () => {
      const seen: number[] = [];
      const open = (versions: number[]) => {
        const opened = world().open();
        for (const version of versions) {
          opened.engine.define('job', version, async (context) => {
            seen.push(context.version);
            await context.waitFor('go');
            return context.version;
          });
        }
        return opened;
      };
      const first = open([1]);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await eventually(() => seen.length === 1);
      await world().crash(first);
      const second = open([1, 2]);
      await second.engine.start();
      await eventually(() => seen.length === 2);
      await world().crash(second);

      const third = open([2, 1, 3]);
      await third.engine.start();
      await third.engine.signal('r', 'go', { id: 's', by: 'test' });
      await third.engine.run('job', null, { id: 'new' });
      await third.engine.signal('new', 'go', { id: 's', by: 'test' });

      expect(await untilRun(third.engine, 'r', 'done')).toMatchObject({ output: 1 });
      expect(await untilRun(third.engine, 'new', 'done')).toMatchObject({ output: 3 });
      expect(seen).toEqual([1, 1, 1, 3]);
    });

    it('a run whose version the code does not have waits with its key for code that has it', async () => {
      const first = world().open();
      first.engine.define('job', 2, async (context) => (await context.waitFor('go')).kind);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r', key: 'k' });
      await untilRun(first.engine, 'r', 'active');
      await world().clock.advance(1_000);
      await world().crash(first);

      const older = world().open();
      older.engine.define('job', 1, async () => 'older');
      await older.engine.start();
      await older.engine.run('job', null, { id: 'next', key: 'k' });
      await older.engine.signal('r', 'go', { id: 's', by: 'test' });
      await world().clock.advance(300_000);

      expect(await older.engine.get('r')).toMatchObject({ status: 'active', version: 2, needs: 2 });
      expect(await older.engine.list({ statuses: ['active'] })).toMatchObject([{ id: 'r', needs: 2 }]);
      expect(await older.engine.get('next')).toMatchObject({ status: 'queued', needs: undefined });
      expect(world().errors.map(String)).toEqual([
        'Error: Run r needs version 2 of job "job", which this code does not have. It waits for code that has it.',
      ]);
      await world().crash(older);

      const newer = world().open();
      newer.engine.define('job', 1, async () => 'older');
      newer.engine.define('job', 2, async (context) => (await context.waitFor('go')).kind);
      await newer.engine.start();
      expect(await untilRun(newer.engine, 'r', 'done')).toMatchObject({ output: 'signalled' });
      await newer.engine.signal('next', 'go', { id: 's', by: 'test' });
      expect(await untilRun(newer.engine, 'next', 'done')).toMatchObject({ version: 2 });
    });

    it('a run that waits for newer code and is aborted ends as aborted, after the runs it waited for', async () => {
      const defineRegion = ({ engine }: ReturnType<World['open']>) =>
        engine.define('region', 1, async (context) => {
          try {
            await context.waitFor('never');
          } finally {
            await context.shield(() => context.waitFor('restored'));
          }
          return undefined;
        });
      const first = world().open();
      first.engine.define('job', 2, async (context) => {
        await context.spawn('region', null, { id: 'on-its-own' });
        await context.runAll({ eu: { job: 'region', input: null } });
        return undefined;
      });
      defineRegion(first);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await untilRun(first.engine, 'r/1/eu', 'active');
      await untilRun(first.engine, 'on-its-own', 'active');
      await world().crash(first);

      const older = world().open();
      older.engine.define('job', 1, async () => null);
      defineRegion(older);
      await older.engine.start();
      await older.engine.abort('r', 'U1', 'errors');
      await world().clock.advance(120_000);
      expect(await older.engine.get('r')).toMatchObject({ status: 'active' });
      await older.engine.signal('r/1/eu', 'restored', { id: 's', by: 'test' });

      await untilRun(older.engine, 'r', 'aborted');
      expect(await older.engine.get('r/1/eu')).toMatchObject({ status: 'aborted' });
      expect(await older.engine.get('on-its-own')).toMatchObject({ status: 'active' });
    });

    it('a run waits for a child that needs newer code', async () => {
      const define = ({ engine }: ReturnType<World['open']>) =>
        engine.define('parent', 1, (context) => context.runAll({ eu: { job: 'child', input: null } }));
      const first = world().open();
      define(first);
      first.engine.define('child', 2, async (context) => (await context.waitFor('go')).kind);
      await first.engine.start();
      await first.engine.run('parent', null, { id: 'p' });
      await untilRun(first.engine, 'p/0/eu', 'active');
      await world().crash(first);
      const older = world().open();
      define(older);
      older.engine.define('child', 1, async () => null);
      await older.engine.start();
      await older.engine.signal('p/0/eu', 'go', { id: 's', by: 'test' });
      await world().clock.advance(120_000);

      expect(await older.engine.get('p')).toMatchObject({ status: 'active', needs: undefined });
      await world().crash(older);
      const newer = world().open();
      define(newer);
      newer.engine.define('child', 2, async (context) => (await context.waitFor('go')).kind);
      await newer.engine.start();
      expect(await untilRun(newer.engine, 'p', 'done')).toMatchObject({ output: { eu: 'signalled' } });
    });

    it.each([
      [
        'another name',
        'open',
        'Operation 0: the journal has operation "close", the code asks for operation "open"',
      ],
      [
        'something else of that name',
        'wait for close',
        'Operation 0: the journal has operation "close", the code asks for wait "close"',
      ],
      ['nothing', undefined, 'Operation 0: the journal has operation "close", the code ended before it'],
    ])('a run whose code asks for %s is stuck, and none of its code runs on', async (_, asked, error) => {
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
        if (asked === undefined) return;
        try {
          if (asked === 'wait for close') await context.waitFor('close');
          else await context.operation(asked, async () => null);
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
