import { expect, it } from 'vitest';
import { sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

it.each([
  ['success', 'passed'],
  ['failure', 'failed'],
  ['error', 'failed'],
  ['pending', 'waiting'],
  ['something-new', 'failed'],
])('a commit status that says %s is %s', async (said, state) => {
  const { host, answer } = await scriptedGithub();
  answer(`GET /repos/acme/api/commits/${sha}/check-runs`, { body: { check_runs: [] } });
  answer(`GET /repos/acme/api/commits/${sha}/status`, {
    body: { statuses: [{ context: 'CI', state: said }] },
  });

  expect(await host.checks(repository, sha, options)).toMatchObject([{ name: 'CI', state }]);
});
