import { describe, expect } from 'vitest';
import { options, type Setup } from '../code-host.ts';
import { branches, openPull, text } from './open-pull.ts';

export function codeHostPullRequests({ open, it, has }: Setup): void {
  describe('a pull request', () => {
    it('is opened with its branches, title and text', async () => {
      const world = await open();
      const { host, repository } = world;

      const { number, head } = await openPull(world);

      expect(await host.pullRequest(repository, number, options)).toMatchObject({
        ...text,
        number,
        state: 'open',
        isDraft: false,
        head: { ref: 'feature/x', sha: head.sha },
        base: { ref: 'main' },
        labels: [],
        reviewersAsked: [],
      });
      expect(await host.ref(repository, 'feature/x', options)).toEqual({ kind: 'branch', sha: head.sha });
    });

    it('is found by its branches while it is open', async () => {
      const world = await open();
      const { host, repository, push, closePullRequest } = world;
      await push('feature/x', { files: { 'b.txt': 'b\n' } });
      const find = () => host.openPullRequest(repository, branches, options);
      const before = await find();
      const made = await openPull(world);
      const during = await find();
      await closePullRequest(made.number);

      expect([before, during?.number, await find()]).toEqual([undefined, made.number, undefined]);
    });

    it('is opened once: the same branches have one', async () => {
      const world = await open();
      const { number } = await openPull(world);

      const again = await world.host.createPullRequest(world.repository, { ...branches, ...text }, options);

      expect(again.number).toBe(number);
    });

    it('is refused where the branch has nothing new, or there is no such branch', async () => {
      const { host, repository, push, deleteBranch } = await open();
      await push('feature/x', { files: { 'a.txt': 'a\n' } });
      await deleteBranch('feature/x');
      const create = (head: string, base: string) =>
        host.createPullRequest(repository, { head, base, ...text }, options);

      await expect(create('feature/x', 'main')).rejects.toMatchObject({ why: 'invalid' });
      await expect(create('main', 'no-such-base')).rejects.toMatchObject({ why: 'invalid' });
    });

    it('moves with its branch', async () => {
      const world = await open();
      const { host, repository, push } = world;
      const { number } = await openPull(world);
      const sha = await push('feature/x', { files: { 'a.txt': 'b\n' } });

      expect((await host.pullRequest(repository, number, options)).head.sha).toBe(sha);
    });

    it('is described anew, with or without another title', async () => {
      const world = await open();
      const { host, repository } = world;
      const { number } = await openPull(world);

      await host.describePullRequest(repository, { number, body: 'Another text' }, options);
      const first = await host.pullRequest(repository, number, options);
      await host.describePullRequest(repository, { number, title: 'Another', body: 'Text' }, options);
      const second = await host.pullRequest(repository, number, options);

      expect([first.title, first.body]).toEqual([text.title, 'Another text']);
      expect([second.title, second.body]).toEqual(['Another', 'Text']);
    });

    it('takes labels that did not exist, and each once', async () => {
      const world = await open();
      const { host, repository } = world;
      const { number } = await openPull(world);

      await host.addLabels(repository, { number, labels: ['deployment'] }, options);
      await host.addLabels(repository, { number, labels: ['deployment', 'staging'] }, options);

      const { labels } = await host.pullRequest(repository, number, options);
      expect(labels.toSorted()).toEqual(['deployment', 'staging']);
    });

    it('is not found by a number that none has', async () => {
      const { host, repository } = await open();

      const read = host.pullRequest(repository, 4_711, options);

      await expect(read).rejects.toMatchObject({ name: 'CodeHostRefused', why: 'not-found' });
    });

    it('tells that it conflicts', async () => {
      const { host, repository, push } = await open();
      await push('feature/x', { files: { 'README.md': 'Theirs\n' } });
      await push('main', { files: { 'README.md': 'Ours\n' } });

      const made = await host.createPullRequest(repository, { ...branches, ...text }, options);

      // GitHub may still be working it out.
      const { mergeable } = await host.pullRequest(repository, made.number, options);
      expect(['conflict', 'unknown']).toContain(mergeable);
    });

    if (has('drafts'))
      it('tells that it is a draft', async () => {
        const world = await open();
        const { number } = await openPull(world);
        await world.setDraft(number, true);

        expect((await world.host.pullRequest(world.repository, number, options)).isDraft).toBe(true);
      });
  });
}
