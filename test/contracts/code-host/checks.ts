import { describe, expect } from 'vitest';
import { options, type Setup } from '../code-host.ts';

export function codeHostChecks({ open, it }: Setup): void {
  describe('checks', () => {
    it('are those of exactly one commit', async () => {
      const { host, repository, push, setCheck } = await open();
      const old = await push('feature/x', { files: { 'a.txt': 'a\n' } });
      const now = await push('feature/x', { files: { 'a.txt': 'b\n' } });
      await setCheck(old, { name: 'Unit tests', state: 'passed' });

      const names = async (sha: string) =>
        (await host.checks(repository, sha, options)).map(({ name }) => name);

      expect([await names(old), await names(now)]).toEqual([['Unit tests'], []]);
    });

    it('are told as they are', async () => {
      const { host, repository, push, setCheck } = await open();
      const sha = await push('feature/x', { files: { 'a.txt': 'a\n' } });
      const states = ['passed', 'failed', 'waiting', 'skipped'] as const;
      for (const state of states) await setCheck(sha, { name: `It ${state}`, state });

      const checks = await host.checks(repository, sha, options);

      expect(Object.fromEntries(checks.map(({ name, state }) => [name, state]))).toEqual({
        'It passed': 'passed',
        'It failed': 'failed',
        'It waiting': 'waiting',
        'It skipped': 'skipped',
      });
    });

    it('are one for each name, the newest', async () => {
      const { host, repository, push, setCheck } = await open();
      const sha = await push('feature/x', { files: { 'a.txt': 'a\n' } });
      await setCheck(sha, { name: 'CI', state: 'passed' });
      await setCheck(sha, { name: 'CI', state: 'failed' });

      const checks = await host.checks(repository, sha, options);

      expect(checks.map(({ name, state }) => [name, state])).toEqual([['CI', 'failed']]);
    });
  });
}
