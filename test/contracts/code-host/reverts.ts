import { describe, expect } from 'vitest';
import { type CodeHostWorld, options, type Setup } from '../code-host.ts';

const text = { title: 'Take back the banner', body: 'It broke.' };

export function codeHostReverts({ open, it }: Setup): void {
  describe('taking back', () => {
    it('opens a pull request that undoes a merged one', async () => {
      const world = await open();
      const { host, repository } = world;
      const number = await merged(world);

      const revert = await host.revert(repository, { number, ...text }, options);

      const { files } = await host.compare(repository, { base: 'main', head: revert.head.sha }, options);
      expect(revert).toMatchObject({ ...text, state: 'open', base: { ref: 'main' } });
      expect(files.map(({ path, status }) => [path, status])).toEqual([['a.txt', 'removed']]);
    });

    it('opens one only', async () => {
      const world = await open();
      const { host, repository } = world;
      const number = await merged(world);
      const revert = async () => (await host.revert(repository, { number, ...text }, options)).number;

      const first = await revert();

      expect(await revert()).toBe(first);
    });

    it('is refused while it is not merged', async () => {
      const world = await open();
      const { host, repository } = world;
      const { number } = await opened(world);

      const revert = host.revert(repository, { number, ...text }, options);

      await expect(revert).rejects.toMatchObject({ name: 'CodeHostRefused', why: 'invalid' });
    });
  });
}

async function opened({ host, repository, push }: CodeHostWorld) {
  await push('feature/x', { files: { 'a.txt': 'a\n' } });
  const request = { head: 'feature/x', base: 'main', title: 'Add a banner', body: 'So that people see it.' };
  return host.createPullRequest(repository, request, options);
}

async function merged(world: CodeHostWorld): Promise<number> {
  const { number, head } = await opened(world);
  await world.host.merge(world.repository, { number, head: head.sha, method: 'squash' }, options);
  return number;
}
