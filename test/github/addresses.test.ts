import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otherSha, sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

describe('the address of what is asked for', () => {
  it('holds a branch’s name whole', async () => {
    const { host, asked } = await scriptedGithub();

    await host.ref(repository, 'feature/a#b&c=d%2F', options);

    expect(asked[0]?.line).toBe('GET /repos/acme/api/git/ref/heads%2Ffeature%2Fa%23b%26c%3Dd%252F');
  });

  it('is that of a commit where its whole number is given, whatever a branch is called', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(`GET /repos/acme/api/git/ref/heads/${sha}`, {
      body: { object: { type: 'commit', sha: otherSha } },
    });
    answer(`GET /repos/acme/api/commits/${sha}`, { body: { sha } });

    expect(await host.ref(repository, sha, options)).toEqual({ kind: 'commit', sha });
    expect(asked).toHaveLength(1);
  });

  it('never leaves the repository, whatever a branch, file or repository is called', async () => {
    const { host, asked } = await scriptedGithub();
    const name = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('.', '/', '%', '2', 'e', 'E', 'a', '#', '?', '\\', ' ') }),
      fc.constantFrom('..', '.', '../..', '%2e%2e', 'a/../../..', './', '..;/', '//host/x', '\\..\\'),
    );

    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        const settled = await Promise.allSettled([
          host.ref(repository, text, options),
          host.file(repository, { path: text, sha }, options),
          host.file(repository, { path: 'a', sha: text }, options),
          host.compare(repository, { base: 'main', head: text }, options),
          host.commit(repository, text, options),
          host.openPullRequest(repository, { head: text, base: text }, options),
          host.findRun(repository, { workflow: text, correlation: 'D-1', since: 0 }, options),
        ]);
        const faults = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
        expect(faults.filter((one) => one?.name !== 'CodeHostRefused')).toEqual([]);
      }),
      // Others each time; what fails names its seed.
      { numRuns: 60 },
    );

    const outside = asked.filter(({ line }) => !/^GET \/repos\/acme\/api(\/|\?|$)/u.test(line));
    expect(outside).toEqual([]);
  });

  it('is not another where a name is all dots', async () => {
    const { host, asked } = await scriptedGithub();
    const start = { workflow: '..', ref: 'main', commit: sha, correlation: 'D-1' };

    await expect(host.dispatch(repository, start, options)).rejects.toMatchObject({ why: 'invalid' });
    await expect(host.checks(repository, '.', options)).rejects.toMatchObject({ why: 'invalid' });

    expect(asked).toEqual([]);
  });

  it('is only of repositories that are called owner/name', async () => {
    const { host, asked } = await scriptedGithub();

    for (const name of ['api', 'acme/api/x', '../api', 'acme/..', 'acme/ api', '', 'acme/api?x']) {
      await expect(host.refs(name, options)).rejects.toMatchObject({ why: 'invalid' });
    }

    expect(asked).toEqual([]);
  });
});
