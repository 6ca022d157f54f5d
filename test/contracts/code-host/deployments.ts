import { describe, expect } from 'vitest';
import { options, type Setup } from '../code-host.ts';

export function codeHostDeployments({ open, it }: Setup): void {
  describe('a deployment’s record', () => {
    it('is made once for each deployment of Forge', async () => {
      const { host, repository, push } = await open();
      const sha = await push('main', { files: { 'a.txt': 'a\n' } });
      const record = async (forge: string) =>
        (await host.recordDeployment(repository, { ...place, forge, sha }, options)).id;

      const ids = [await record('D-1'), await record('D-1'), await record('D-12')];

      expect(ids[1]).toBe(ids[0]);
      expect(ids[2]).not.toBe(ids[0]);
    });

    it('is made of a commit whose checks failed', async () => {
      const { host, repository, push, setCheck } = await open();
      const sha = await push('main', { files: { 'a.txt': 'a\n' } });
      await setCheck(sha, { name: 'CI', state: 'failed' });

      const made = await host.recordDeployment(repository, { ...place, forge: 'D-1', sha }, options);

      expect(made.id).toEqual(expect.any(Number));
    });

    it('takes how it goes, of any length and more than once', async () => {
      const { host, repository, push } = await open();
      const sha = await push('main', { files: { 'a.txt': 'a\n' } });
      const { id } = await host.recordDeployment(repository, { ...place, forge: 'D-1', sha }, options);
      const status = {
        deployment: id,
        state: 'in_progress' as const,
        description: 'On its way. '.repeat(50),
        environmentUrl: 'https://staging.acme.example',
        logUrl: 'https://acme.slack.com/archives/C1/p1',
      };

      const told = [
        await host.recordStatus(repository, status, options),
        await host.recordStatus(repository, status, options),
        await host.recordStatus(repository, { ...status, state: 'success' }, options),
      ];

      expect(told).toEqual([undefined, undefined, undefined]);
    });

    it('does not take how a deployment goes that is not there', async () => {
      const { host, repository } = await open();
      const status = { deployment: 4_711, state: 'success' as const, description: '' };

      const told = host.recordStatus(repository, status, options);

      await expect(told).rejects.toMatchObject({ name: 'CodeHostRefused', why: 'not-found' });
    });
  });
}

const place = { environment: 'staging', description: 'api v1.2.0', isProduction: false };
