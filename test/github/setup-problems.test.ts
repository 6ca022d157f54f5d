import { describe, expect, it } from 'vitest';
import { APP } from '../../sandbox/github/people.ts';
import { createGithub } from '../../src/github/github.ts';
import { silentLog } from '../fakes/log.ts';
import { startGithub } from '../sandbox/github/start-github.ts';
import { type Answer, options, repository, type ScriptedGithub, scriptedGithub } from './scripted-github.ts';

const seen = { id: 1, private: true, default_branch: 'main', permissions: { push: true } };
const classic = { 'x-oauth-scopes': 'repo, read:org' };

describe('what is missing for a GitHub App', () => {
  it('is nothing where it has the permissions the README lists', async () => {
    const { host } = await asApp();

    expect(await host.setupProblems(repository, options)).toEqual([]);
  });

  it('is each permission, named as GitHub’s settings name it', async () => {
    const { host, github } = await asApp();
    github.change({
      permissions: {
        metadata: 'read',
        contents: 'read',
        pull_requests: 'write',
        checks: 'read',
        deployments: 'read',
      },
    });

    const problems = await host.setupProblems(repository, options);

    expect(problems.map((one) => /“(.*)”/u.exec(one)?.[1])).toEqual([
      'Contents: read and write',
      'Commit statuses: read-only',
      'Actions: read and write',
      'Deployments: read and write',
    ]);
  });

  it('is the App itself where it is not installed or suspended', async () => {
    const { host, github } = await asApp();
    const elsewhere = await host.setupProblems('acme/elsewhere', options);
    github.change({ installation: 'suspended' });

    const suspended = await host.setupProblems(repository, options);

    expect(elsewhere).toEqual([expect.stringMatching(/not installed in acme\/elsewhere/)]);
    expect(suspended).toEqual([expect.stringMatching(/suspended/)]);
  });
});

describe('what is missing for a token', () => {
  it('is what it may not read', async () => {
    const scripted = await scriptedGithub();
    scripted.answer('GET /repos/acme/api', { body: seen });
    answerProbes(scripted, { 'actions/runs': 403, deployments: 404, commits: 409 });

    const problems = await scripted.host.setupProblems(repository, options);

    expect(problems.map((one) => /“(.*)”/u.exec(one)?.[1])).toEqual([
      'Actions: read and write',
      'Deployments: read and write',
    ]);
  });

  it.each<[string, Answer, RegExp]>([
    ['to see the repository', { status: 404, body: { message: 'Not Found' } }, /may not see it/],
    ['to be known', { status: 401, body: { message: 'Bad credentials' } }, /Bad credentials/],
    ['write access', { body: { ...seen, permissions: { push: false } }, headers: classic }, /may only read/],
    [
      'a repository that is not archived',
      { body: { ...seen, archived: true }, headers: classic },
      /archived/,
    ],
    ['its scope', { body: seen, headers: { 'x-oauth-scopes': 'public_repo' } }, /scope “repo”/],
    [
      'a longer life',
      {
        body: seen,
        headers: { ...classic, 'github-authentication-token-expiration': '2020-01-05 09:00:00 UTC' },
      },
      /expires on 2020-01-05/,
    ],
  ])('is %s', async (_, answer, words) => {
    const { host, answer: answerWith } = await scriptedGithub();
    answerWith('GET /repos/acme/api', answer);

    expect(await host.setupProblems(repository, options)).toEqual([expect.stringMatching(words)]);
  });

  it('is nothing for a classic token with its scope', async () => {
    const { host, answer } = await scriptedGithub();
    answer('GET /repos/acme/api', { body: seen, headers: classic });

    expect(await host.setupProblems(repository, options)).toEqual([]);
  });

  it('is not known while GitHub is silent', async () => {
    const { host, answer } = await scriptedGithub();
    answer('GET /repos/acme/api', { status: 503 });

    await expect(host.setupProblems(repository, options)).rejects.toMatchObject({
      name: 'CodeHostUnavailable',
    });
  });
});

function answerProbes({ answer }: ScriptedGithub, statuses: Record<string, number>): void {
  const probes = [
    'commits',
    'pulls',
    'commits/main/check-runs',
    'commits/main/status',
    'actions/runs',
    'deployments',
  ];
  for (const probe of probes) {
    answer(`GET /repos/acme/api/${probe}`, { status: statuses[probe] ?? 200, body: { message: 'So' } });
  }
}

async function asApp() {
  const { github, origin } = await startGithub();
  const credentials = { kind: 'app', appId: String(APP.id), privateKey: github.privateKey } as const;
  return {
    github,
    host: createGithub({ credentials, apiUrl: `${origin}/github`, log: silentLog, secondMs: 5 }),
  };
}
