import { describe, expect } from 'vitest';
import { type CodeHostWorld, options, type Setup } from '../code-host.ts';

const method = 'squash';

export function codeHostMerges({ open, it, has }: Setup): void {
  describe('merging', () => {
    it('brings exactly the commit that was asked for into the base', async () => {
      const world = await open();
      const { host, repository } = world;
      const { number, head } = await pullRequest(world);

      const outcome = await host.merge(repository, { number, head: head.sha, method }, options);

      const main = await host.ref(repository, 'main', options);
      const pull = await host.pullRequest(repository, number, options);
      expect(outcome).toEqual({ kind: 'merged', sha: main.kind === 'branch' ? main.sha : '' });
      expect([pull.state, pull.mergeCommit]).toEqual(['merged', outcome.kind === 'merged' && outcome.sha]);
    });

    it('says the same when it is asked for again', async () => {
      const world = await open();
      const { host, repository } = world;
      const { number, head } = await pullRequest(world);
      const merge = () => host.merge(repository, { number, head: head.sha, method }, options);

      const first = await merge();
      const main = await host.ref(repository, 'main', options);
      const second = await merge();

      expect([first.kind, second]).toEqual(['merged', first]);
      expect(await host.ref(repository, 'main', options)).toEqual(main);
    });

    it('merges nothing of a branch that has moved', async () => {
      const world = await open();
      const { host, repository, push } = world;
      const { number, head } = await pullRequest(world);
      const main = await host.ref(repository, 'main', options);
      const moved = await push('feature/x', { files: { 'a.txt': 'b\n' } });

      const outcome = await host.merge(repository, { number, head: head.sha, method }, options);

      expect(outcome).toEqual({ kind: 'moved', head: moved });
      expect(await host.ref(repository, 'main', options)).toEqual(main);
    });

    it('is refused for a conflict, in a sentence', async () => {
      const world = await open();
      const { host, repository, push } = world;
      const { number, head } = await pullRequest(world, { 'README.md': 'Theirs\n' });
      await push('main', { files: { 'README.md': 'Ours\n' } });

      const outcome = await host.merge(repository, { number, head: head.sha, method }, options);

      expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^\S.* .*\.$/u) });
    });

    it('is refused for a closed one, in a sentence', async () => {
      const world = await open();
      const { host, repository, closePullRequest } = world;
      const { number, head } = await pullRequest(world);
      await closePullRequest(number);

      const outcome = await host.merge(repository, { number, head: head.sha, method }, options);

      expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/closed/u) });
    });

    if (has('drafts'))
      it('is refused for a draft, in a sentence', async () => {
        const world = await open();
        const { host, repository, setDraft } = world;
        const { number, head } = await pullRequest(world);
        await setDraft(number, true);

        const outcome = await host.merge(repository, { number, head: head.sha, method }, options);

        expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/draft/u) });
      });

    if (has('pull-requests-of-commits'))
      it('lets its commit tell which pull request brought it', async () => {
        const world = await open();
        const { host, repository } = world;
        const { number, head } = await pullRequest(world);
        const of = async (sha: string) =>
          (await host.pullRequestsOf(repository, sha, options)).map((pull) => pull.number);
        const before = await of(head.sha);

        const outcome = await host.merge(repository, { number, head: head.sha, method }, options);

        expect([before, await of(outcome.kind === 'merged' ? outcome.sha : '')]).toEqual([[], [number]]);
      });
  });
}

async function pullRequest(
  { host, repository, push }: CodeHostWorld,
  files: Record<string, string> = { 'a.txt': 'a\n' },
) {
  await push('feature/x', { files });
  const request = { head: 'feature/x', base: 'main', title: 'Add a banner', body: 'So that people see it.' };
  return host.createPullRequest(repository, request, options);
}
