import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { untilRun, type World } from '../engine.ts';

export function childrenContract(world: () => World): void {
  describe('spawn', () => {
    it('starts one run, also through a crash', async () => {
      const first = world().open();
      let standby = 0;
      const define = ({ engine }: typeof first) => {
        engine.define('parent', 1, async (context) => {
          const id = await context.spawn('child', 'blue', { delay: '24h' });
          await context.waitFor('go');
          return id;
        });
        engine.define('child', 1, async (context) => {
          standby += 1;
          return context.input;
        });
      };
      define(first);
      await first.engine.start();
      await first.engine.run('parent', null, { id: 'p' });
      await world().clock.advance(1_000);
      await world().crash(first);
      const second = world().open();
      define(second);
      await second.engine.start();
      await second.engine.signal('p', 'go', { id: 's', by: 'test' });

      expect(await untilRun(second.engine, 'p', 'done')).toMatchObject({ output: 'p/0' });
      await world().clock.advance(60_000);
      expect(await second.engine.get('p/0')).toMatchObject({ status: 'queued' });
      expect(standby).toBe(0);
    });
  });

  describe('runAll', () => {
    it('gives the results by name', async () => {
      const { engine } = world().open();
      engine.define('parent', 1, (context) =>
        context.runAll({
          eu: { job: 'region', input: 'eu-west-1' },
          us: { job: 'region', input: 'us-east-1' },
        }),
      );
      engine.define('region', 1, async (context) => context.operation('ask', async () => context.input));
      await engine.start();

      await engine.run('parent', null, { id: 'p' });

      expect(await untilRun(engine, 'p', 'done')).toMatchObject({
        output: { eu: 'eu-west-1', us: 'us-east-1' },
      });
    });

    it.each(['a/0/b', 'eu, us', ''])(
      'refuses the branch name "%s", which another run may have as its own',
      async (name) => {
        const { engine } = world().open();
        engine.define('parent', 1, (context) => context.runAll({ [name]: { job: 'region', input: null } }));
        engine.define('region', 1, async () => null);
        await engine.start();

        await engine.run('parent', null, { id: 'p' });

        expect(await untilRun(engine, 'p', 'failed')).toMatchObject({
          error: `A branch cannot be named "${name}": name it without "/" and ","`,
        });
        expect(await engine.get(`p/0/${name}`)).toBeUndefined();
      },
    );

    it('waits for all when one fails, and says which', async () => {
      const { engine } = world().open();
      engine.define('parent', 1, (context) =>
        context.runAll({ eu: { job: 'bad', input: null }, us: { job: 'slow', input: null } }),
      );
      engine.define('bad', 1, async () => {
        throw new RangeError('no capacity');
      });
      engine.define('slow', 1, async (context) => void (await context.waitFor('go')));
      await engine.start();
      await engine.run('parent', null, { id: 'p' });
      await untilRun(engine, 'p/0/eu', 'failed');
      await world().clock.advance(1_000);

      expect((await engine.get('p'))?.status).toBe('active');
      await engine.signal('p/0/us', 'go', { id: 's', by: 'test' });

      expect(await untilRun(engine, 'p', 'failed')).toMatchObject({ error: 'eu: no capacity' });
    });

    it('aborts its children with the run and waits until they have put things back', async () => {
      const { engine } = world().open();
      const order: string[] = [];
      engine.define('parent', 1, async (context) => {
        const branches = { eu: { job: 'region', input: 'eu' }, us: { job: 'region', input: 'us' } };
        await context.runAll(branches).catch((error: Error) => {
          order.push(error.name);
          throw error;
        });
        return undefined;
      });
      engine.define('region', 1, async (context) => {
        try {
          await context.waitFor('never');
        } finally {
          await context.shield(() => context.waitFor('restored'));
          order.push('restored');
        }
        return undefined;
      });
      await engine.start();
      await engine.run('parent', null, { id: 'p' });
      await eventually(async () => (await engine.list({ statuses: ['active'] })).length === 3);

      await engine.abort('p', 'U1', 'errors');
      await world().clock.advance(1_000);
      expect(order).toEqual([]);
      await engine.signal('p/0/eu', 'restored', { id: 's', by: 'test' });
      await engine.signal('p/0/us', 'restored', { id: 's', by: 'test' });

      await untilRun(engine, 'p', 'aborted');
      expect(order).toEqual(['restored', 'restored', 'AbortRequested']);
    });

    it('waits for them also when the process dies between the abort and their end', async () => {
      const ends: string[] = [];
      const define = ({ engine }: ReturnType<World['open']>) => {
        engine.define('parent', 1, async (context) => {
          await context.runAll({ eu: { job: 'region', input: null } }).catch((error: Error) => {
            ends.push(error.name);
            throw error;
          });
          return undefined;
        });
        engine.define('region', 1, async (context) => {
          try {
            await context.waitFor('never');
          } finally {
            await context.shield(() => context.waitFor('restored'));
            ends.push('restored');
          }
          return undefined;
        });
      };
      const first = world().open();
      define(first);
      await first.engine.start();
      await first.engine.run('parent', null, { id: 'p' });
      await untilRun(first.engine, 'p/0/eu', 'active');
      await world().crash(first);
      const second = world().open();
      define(second);
      await second.engine.abort('p', 'U1', 'errors');

      await second.engine.start();
      await world().clock.advance(60_000);
      expect(ends).toEqual([]);
      await second.engine.signal('p/0/eu', 'restored', { id: 's', by: 'test' });

      await untilRun(second.engine, 'p', 'aborted');
      expect(ends).toEqual(['restored', 'AbortRequested']);
      expect(await second.engine.get('p/0/eu')).toMatchObject({ status: 'aborted' });
    });
  });
}
