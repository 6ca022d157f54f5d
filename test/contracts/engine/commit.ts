import { describe, expect, it } from 'vitest';
import type { JobChange } from '../../../jobs/engine/engine.ts';
import { aRequestedEvent } from '../../builders.ts';
import { untilRun, type World } from '../engine.ts';

export function commitContract(world: () => World): void {
  describe('commit in a job', () => {
    it('writes the changes as the run, with the operation as the cause', async () => {
      const { engine, store } = world().open();
      engine.define('job', 1, async (context) => {
        await context.now();
        return context.commit('request', [requested(1)]);
      });
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      expect(await untilRun(engine, 'r', 'done')).toMatchObject({ output: 'committed' });
      expect(await store.events(1)).toMatchObject([
        { by: { kind: 'job', run: 'r' }, cause: 'r/1', version: 1 },
      ]);
    });

    it('may append twice to one deployment', async () => {
      const { engine, store } = world().open();
      engine.define('job', 1, (context) =>
        context.commit('both', [
          requested(1),
          { kind: 'append', deployment: 1, expect: 'any', events: [{ type: 'checking' }] },
        ]),
      );
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      await untilRun(engine, 'r', 'done');
      expect((await store.events(1)).map((event) => event.cause)).toEqual(['r/0', 'r/0/1']);
    });

    it('journals a conflict, which stays one after a crash', async () => {
      const first = world().open();
      const results: string[] = [];
      const define = (opened: typeof first) =>
        opened.engine.define('job', 1, async (context) => {
          results.push(await context.commit('request', [requested(1)]));
          await context.waitFor('go');
          return null;
        });
      define(first);
      await first.store.commit([{ ...requested(1), by: { kind: 'job', run: 'other' }, cause: 'other' }]);
      await first.engine.start();
      await first.engine.run('job', null, { id: 'r' });
      await world().clock.advance(1_000);
      await world().crash(first);

      const second = world().open();
      define(second);
      await second.engine.start();
      await second.engine.signal('r', 'go', { id: 's', by: 'test' });

      await untilRun(second.engine, 'r', 'done');
      expect(results).toEqual(['conflict', 'conflict']);
    });

    it('after an abort was asked for writes nothing and is where the abort is met', async () => {
      const { engine, store } = world().open();
      let met: unknown;
      engine.define('job', 1, async (context) => {
        // The abort is in the storage before the commit, and nobody has told this run yet.
        await store.commit([{ kind: 'abort-run', run: 'r', by: 'U1', reason: 'wrong version' }]);
        await context.commit('request', [requested(1)]).catch((error: unknown) => {
          met = error;
          throw error;
        });
        return null;
      });
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      await untilRun(engine, 'r', 'aborted');
      expect(met).toMatchObject({ name: 'AbortRequested', by: 'U1', reason: 'wrong version' });
      expect(await store.deployment(1)).toBeUndefined();
    });

    it('fails the operation where the changes cannot be written by anybody', async () => {
      const { engine } = world().open();
      engine.define('job', 1, (context) =>
        context.commit('nonsense', [
          { kind: 'append', deployment: 9, expect: 'any', events: [{ type: 'started' }] },
        ]),
      );
      await engine.start();

      await engine.run('job', null, { id: 'r' });

      expect((await untilRun(engine, 'r', 'failed')).error).toContain('Deployment 9 does not exist');
    });
  });

  describe('a commit of the store', () => {
    it('starts, signals and aborts runs with what it writes', async () => {
      const { engine, store } = world().open();
      engine.define('job', 1, async (context) => (await context.waitFor('go')).kind);
      await engine.start();

      await store.commit([
        { kind: 'start-run', id: 'signalled', job: 'job', input: null },
        { kind: 'start-run', id: 'aborted', job: 'job', input: null },
        { kind: 'signal-run', run: 'signalled', name: 'go', id: 's', by: 'U1' },
      ]);
      await untilRun(engine, 'signalled', 'done');
      await store.commit([{ kind: 'abort-run', run: 'aborted', by: 'U1', reason: 'never mind' }]);

      expect(await untilRun(engine, 'aborted', 'aborted')).toMatchObject({ output: undefined });
    });

    it('that is a conflict starts nothing', async () => {
      const { engine, store } = world().open();
      engine.define('job', 1, async () => null);
      await engine.start();

      const result = await store.commit([
        { kind: 'start-run', id: 'r', job: 'job', input: null },
        { ...requested(1), expect: 7, by: { kind: 'job', run: 'x' }, cause: 'x' },
      ]);

      expect(result).toBe('conflict');
      expect(await engine.get('r')).toBeUndefined();
    });
  });
}

function requested(deployment: number): Extract<JobChange, { kind: 'append' }> {
  return { kind: 'append', deployment, expect: 0, events: [aRequestedEvent()] };
}
