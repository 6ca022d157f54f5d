import { createSign, generateKeyPairSync } from 'node:crypto';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { APP } from '../../../sandbox/github/people.ts';
import { place, refusal, type Started, startGithub } from './start-github.ts';

const now = () => Math.floor(Date.now() / 1000);

function clientWith(auth: string, { origin }: Started): Octokit {
  return new Octokit({ baseUrl: `${origin}/github`, auth });
}

function jwt(claims: Record<string, unknown>, privateKey: string): string {
  const parts = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signature = createSign('RSA-SHA256').update(parts.join('.')).sign(privateKey, 'base64url');
  return [...parts, signature].join('.');
}

function mint(started: Started, wanted: object) {
  const key = jwt({ iss: APP.id, iat: now(), exp: now() + 60 }, started.github.privateKey);
  const app = clientWith(key, started);
  return app.request('POST /app/installations/{installation_id}/access_tokens', {
    installation_id: APP.installation,
    ...wanted,
  });
}

describe('the App', () => {
  it('finds its installation by its key, and with its token the repository', async () => {
    const started = await startGithub();
    const app = new Octokit({
      baseUrl: `${started.origin}/github`,
      authStrategy: createAppAuth,
      auth: { appId: APP.id, privateKey: started.github.privateKey },
    });

    const { data } = await app.apps.getRepoInstallation(place);
    const repository = await started.app.repos.get(place);

    expect(data).toMatchObject({ id: APP.installation, permissions: { contents: 'write', checks: 'read' } });
    expect(repository.data).toMatchObject({
      full_name: 'acme/api',
      default_branch: 'main',
      clone_url: `${started.origin}/git/acme/api.git`,
    });
  });

  it.each([
    [
      'another key',
      () => jwt({ iss: APP.id, iat: now(), exp: now() + 60 }, otherKey()),
      /could not be decoded/,
    ],
    [
      'an end too far away',
      (key: string) => jwt({ iss: APP.id, iat: now(), exp: now() + 3_600 }, key),
      /too far/,
    ],
    [
      'an end that is over',
      (key: string) => jwt({ iss: APP.id, iat: now() - 99, exp: now() - 9 }, key),
      /future time/,
    ],
    [
      'a beginning to come',
      (key: string) => jwt({ iss: APP.id, iat: now() + 300, exp: now() + 400 }, key),
      /Issued at/,
    ],
  ])('is refused with %s', async (_, token, words) => {
    const started = await startGithub();

    const refused = await refusal(
      clientWith(token(started.github.privateKey), started).apps.getAuthenticated(),
    );

    expect(refused).toMatchObject({ status: 401, message: words });
  });

  it('is told the permission it lacks', async () => {
    const { app, github } = await startGithub();
    github.change({ permissions: { contents: 'read', metadata: 'read' } });

    const create = app.pulls.create({ ...place, head: 'feature/banner', base: 'main', title: 'Banner' });
    const refused = await refusal(create);

    expect(refused).toMatchObject({ status: 403, message: /Resource not accessible by integration/ });
    expect(refused.response.headers['x-accepted-github-permissions']).toBe('pull_requests=write');
  });

  it.each([
    ['suspended', 403],
    ['removed', 401],
  ] as const)('whose installation is %s is refused', async (installation, status) => {
    const { app, github } = await startGithub();
    await app.repos.get(place);
    github.change({ installation });

    expect((await refusal(app.repos.get(place))).status).toBe(status);
  });
});

describe('a token of the App', () => {
  it('for one repository sees that one only, and may do no more there than it was asked for', async () => {
    const started = await startGithub();
    const minted = await mint(started, { repositories: ['api'], permissions: { contents: 'read' } });
    const narrow = clientWith(minted.data.token, started);

    const { data } = await narrow.apps.listReposAccessibleToInstallation();
    const other = await refusal(narrow.repos.get({ owner: 'acme', repo: 'billing-worker' }));
    const open = await refusal(
      narrow.pulls.create({ ...place, head: 'feature/banner', base: 'main', title: 'Banner' }),
    );

    expect(minted.data).toMatchObject({
      repository_selection: 'selected',
      permissions: { contents: 'read', metadata: 'read' },
      repositories: [{ full_name: 'acme/api' }],
    });
    expect(data.repositories.map(({ full_name }) => full_name)).toEqual(['acme/api']);
    expect((await narrow.repos.get(place)).data.name).toBe('api');
    expect([other.status, open.status]).toEqual([404, 403]);
  });

  it.each([
    ['a repository that is not there', { repositories: ['api', 'secret'] }, /at least one repository/],
    ['more than the App may do', { permissions: { administration: 'read' } }, /not granted/],
    ['to write where the App may read', { permissions: { checks: 'write' } }, /not granted/],
  ] as const)('is not given for %s', async (_, wanted, words) => {
    const started = await startGithub();

    const refused = await refusal(mint(started, wanted));

    expect(refused).toMatchObject({ status: 422, message: words });
  });
});

describe('a token', () => {
  it('of somebody who may only read lets them read', async () => {
    const { as } = await startGithub();
    const passerBy = as('passer-by');

    const { data } = await passerBy.repos.get(place);
    const refused = await refusal(
      passerBy.pulls.create({ ...place, head: 'feature/banner', base: 'main', title: 'Mine' }),
    );

    expect(data.name).toBe('api');
    expect(refused.status).toBe(403);
  });

  it('that nobody has is refused, and without one nothing is there', async () => {
    const started = await startGithub();
    const nobody = new Octokit({ baseUrl: `${started.origin}/github` });

    expect(await refusal(clientWith('ghp_wrong', started).repos.get(place))).toMatchObject({
      status: 401,
      message: /Bad credentials/,
    });
    expect((await refusal(nobody.repos.get(place))).status).toBe(404);
  });
});

describe('a repository', () => {
  it('that is not there looks like one that nobody may see', async () => {
    const { app } = await startGithub();

    const refused = await refusal(app.repos.get({ owner: 'acme', repo: 'secret' }));

    expect(refused).toMatchObject({
      status: 404,
      response: { data: { message: 'Not Found', status: '404' } },
    });
  });
});

describe('people', () => {
  it('show their address or none', async () => {
    const { app } = await startGithub();

    const maya = await app.users.getByUsername({ username: 'maya-p' });
    const stranger = await app.users.getByUsername({ username: 'drive-by' });

    expect(maya.data.email).toBe('maya@acme.example');
    expect(stranger.data.email).toBeNull();
  });

  it.each([
    ['sam-okafor', 'admin', 'admin'],
    ['lena-f', 'write', 'maintain'],
    ['passer-by', 'read', 'read'],
  ])('of the name %s may %s', async (username, permission, role_name) => {
    const { app } = await startGithub();

    const { data } = await app.repos.getCollaboratorPermissionLevel({ ...place, username });

    expect(data).toMatchObject({ permission, role_name });
  });
});

describe('a request', () => {
  it('that does not say who sends it, or wants an unknown version, is refused', async () => {
    const { origin, app } = await startGithub();

    const nameless = await fetch(`${origin}/github/rate_limit`, { headers: { 'user-agent': '' } });
    const version = await refusal(
      app.request('GET /rate_limit', { headers: { 'x-github-api-version': '1999-01-01' } }),
    );

    expect(nameless.status).toBe(403);
    expect(version.status).toBe(400);
  });
});

function otherKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
}
