import { describe, expect } from 'vitest';
import type { WorkflowRun } from '../../../src/ports/code-host.ts';
import { eventually } from '../../eventually.ts';
import { type CodeHostWorld, options, type Setup } from '../code-host.ts';

export function codeHostBuilds({ open, it }: Setup): void {
  describe('a workflow', () => {
    it('is started on a branch, and its run found by what it was called', async () => {
      const world = await open();
      const { run } = await dispatch(world, 'D-12');

      const found = await eventually(() => find(world, 'D-12'));

      expect(found).toMatchObject({ state: 'queued', startedAt: expect.any(Number) });
      expect([undefined, found.id]).toContain(run);
    });

    it('is not found by the beginning of what another was called', async () => {
      const world = await open();
      await dispatch(world, 'D-12');
      await eventually(() => find(world, 'D-12'));

      expect(await find(world, 'D-1')).toBeUndefined();
    });

    it('is not found among those of long before', async () => {
      const world = await open();
      await dispatch(world, 'D-12');
      const found = await eventually(() => find(world, 'D-12'));

      expect(await find(world, 'D-12', found.startedAt + 86_400_000)).toBeUndefined();
    });

    it('cannot be started on a commit, or on a branch that is not there', async () => {
      const { host, repository, workflow, push } = await open();
      const commit = await push('main', { files: { 'a.txt': 'a\n' } });
      const start = (ref: string) =>
        host.dispatch(repository, { workflow, ref, commit, correlation: 'D-12' }, options);

      await expect(start(commit)).rejects.toMatchObject({ why: 'invalid' });
      await expect(start('no-such-branch')).rejects.toMatchObject({ why: 'invalid' });
    });

    it('that is not there cannot be started', async () => {
      const { host, repository, push } = await open();
      const commit = await push('main', { files: { 'a.txt': 'a\n' } });
      const request = { workflow: 'nothing.yml', ref: 'main', commit, correlation: 'D-12' };

      const start = host.dispatch(repository, request, options);

      await expect(start).rejects.toMatchObject({ name: 'CodeHostRefused', why: 'not-found' });
    });

    it('tells how its run went', async () => {
      const world = await open();
      await dispatch(world, 'D-12');
      const { id } = await eventually(() => find(world, 'D-12'));
      await world.endRun(id, { isGood: true, log: [] });

      expect(await world.host.run(world.repository, id, options)).toMatchObject({ id, state: 'passed' });
    });

    it('tells the last lines its failed job printed', async () => {
      const world = await open();
      const { host, repository } = world;
      await dispatch(world, 'D-12');
      const { id } = await eventually(() => find(world, 'D-12'));
      await world.endRun(id, { isGood: false, log: ['one', 'two', 'three'] });

      const run = await host.run(repository, id, options);

      expect(run.state).toBe('failed');
      expect(await host.logTail(repository, { run: id, lines: 2 }, options)).toEqual(['two', 'three']);
    });

    it('has no last lines where nothing failed', async () => {
      const world = await open();
      const { host, repository } = world;
      await dispatch(world, 'D-12');
      const { id } = await eventually(() => find(world, 'D-12'));
      await world.endRun(id, { isGood: true, log: ['fine'] });

      expect(await host.logTail(repository, { run: id, lines: 30 }, options)).toEqual([]);
    });

    it('is cancelled, and once more without any effect', async () => {
      const world = await open();
      const { host, repository } = world;
      await dispatch(world, 'D-12');
      const { id } = await eventually(() => find(world, 'D-12'));

      await host.cancelRun(repository, id, options);
      const run = await eventually(() => ended(world, id));
      await host.cancelRun(repository, id, options);

      expect(run.state).toBe('cancelled');
    });

    it('that ended stays as it is when it is cancelled', async () => {
      const world = await open();
      const { host, repository } = world;
      await dispatch(world, 'D-12');
      const { id } = await eventually(() => find(world, 'D-12'));
      await world.endRun(id, { isGood: true, log: [] });

      await host.cancelRun(repository, id, options);

      expect((await host.run(repository, id, options)).state).toBe('passed');
    });
  });
}

async function dispatch({ host, repository, workflow, push }: CodeHostWorld, correlation: string) {
  const commit = await push('main', { files: { 'a.txt': 'a\n' } });
  return host.dispatch(repository, { workflow, ref: 'main', commit, correlation }, options);
}

async function find({ host, repository, workflow }: CodeHostWorld, correlation: string, since = 0) {
  return host.findRun(repository, { workflow, correlation, since }, options);
}

async function ended({ host, repository }: CodeHostWorld, id: number): Promise<WorkflowRun | undefined> {
  const run = await host.run(repository, id, options);
  return run.state === 'queued' || run.state === 'running' ? undefined : run;
}
