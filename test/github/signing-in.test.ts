import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { APP, tokenOf } from '../../sandbox/github/people.ts';
import { createGithub } from '../../src/github/github.ts';
import { silentLog } from '../fakes/log.ts';
import { startGithub } from '../sandbox/github/start-github.ts';
import { aPull } from './answers.ts';
import { options, repository, scriptedGithub, TOKEN } from './scripted-github.ts';

const appId = String(APP.id);

describe('signing in as a GitHub App', () => {
  it('finds the installation of a repository, and asks for its token once', async () => {
    const { host, requests } = await asApp();

    await Promise.all([host.refs(repository, options), host.ref(repository, 'main', options)]);
    await host.refs(repository, options);

    expect(requests.filter((line) => line.includes('access_tokens'))).toHaveLength(1);
  });

  it('takes a key whose line breaks are written out', async () => {
    const { host } = await asApp((key) => key.replaceAll('\n', '\\n'));

    expect(await host.ref(repository, 'main', options)).toMatchObject({ kind: 'branch' });
  });

  it('says what a key has to look like, and never shows it', async () => {
    const { host } = await asApp(
      () => '-----BEGIN RSA PRIVATE KEY-----\nsecret-4711\n-----END RSA PRIVATE KEY-----',
    );

    const error = await host.ref(repository, 'main', options).catch((one: unknown) => one);

    expect(error).toMatchObject({
      why: 'credentials',
      message: expect.stringMatching(/GITHUB_APP_PRIVATE_KEY_FILE/),
    });
    expect(inspect(error, { depth: 9 })).not.toContain('secret-4711');
  });

  it('says that key and App do not belong together', async () => {
    const { host } = await asApp(newKey);

    await expect(host.ref(repository, 'main', options)).rejects.toMatchObject({ why: 'credentials' });
  });

  it('says that the App is not installed', async () => {
    const { host } = await asApp();

    await expect(host.refs('acme/elsewhere', options)).rejects.toMatchObject({
      why: 'not-found',
      message: expect.stringMatching(/not installed in acme\/elsewhere/),
    });
  });

  it('says that the App was suspended, and goes on once it is not', async () => {
    const { host, github } = await asApp();
    github.change({ installation: 'suspended' });
    const refused = host.ref(repository, 'main', options);
    await expect(refused).rejects.toMatchObject({ name: 'CodeHostRefused' });

    github.change({ installation: 'active' });

    expect(await host.ref(repository, 'main', options)).toMatchObject({ kind: 'branch' });
  });

  it('finds the App again after it was installed anew', async () => {
    const credentials = { kind: 'app', appId, privateKey: newKey() } as const;
    const { host, answer, asked } = await scriptedGithub({ credentials });
    const installed = (id: number) => ({ body: { id, permissions: {} } });
    answer('GET /repos/acme/api/installation', installed(1), installed(2));
    answer('POST /app/installations/1/access_tokens', { status: 404, body: { message: 'Not Found' } });
    answer('POST /app/installations/2/access_tokens', { status: 201, body: { token: 'ghs_2' } });
    answer('GET /repos/acme/api/pulls/7', { body: aPull() });

    await expect(host.pullRequest(repository, 7, options)).rejects.toMatchObject({ why: 'credentials' });
    await host.pullRequest(repository, 7, options);

    expect(asked.at(-1)?.headers.authorization).toBe('token ghs_2');
  });

  it('says that the clock is wrong where GitHub does not believe when it was asked', async () => {
    const credentials = { kind: 'app', appId, privateKey: newKey() } as const;
    const { host, answer } = await scriptedGithub({ credentials });
    answer('GET /repos/acme/api/installation', { body: { id: 1, permissions: {} } });
    answer('POST /app/installations/1/access_tokens', {
      status: 401,
      body: {
        message:
          "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      },
    });

    await expect(host.ref(repository, 'main', options)).rejects.toMatchObject({
      why: 'credentials',
      message: expect.stringMatching(/the clock of this machine is wrong/),
    });
  });

  it('names the permission that was taken away', async () => {
    const { host, github } = await asApp();
    github.change({ permissions: { metadata: 'read' } });

    await expect(host.refs(repository, options)).rejects.toMatchObject({
      why: 'forbidden',
      message: expect.stringMatching(/“Contents: read-only”/),
    });
  });

  it('gives git an address and a header that it may fetch with', async () => {
    const { host, origin } = await asApp();

    const { url, header, isScoped } = await host.gitAccess(repository, options);

    const refs = await fetch(`${url}/info/refs?service=git-upload-pack`, {
      headers: { [header?.name ?? '']: header?.value ?? '' },
    });
    expect([url, refs.status]).toEqual([`${origin}/git/acme/api.git`, 200]);
    expect(await refs.text()).toContain('refs/heads/main');
    expect(isScoped).toBe(true);
  });

  it('asks for a token of that repository alone for git', async () => {
    const credentials = { kind: 'app', appId, privateKey: newKey() } as const;
    const { host, answer, asked } = await scriptedGithub({ credentials });
    answer('GET /repos/acme/api', { body: { id: 1, clone_url: 'https://github.com/acme/api.git' } });
    answer('GET /repos/acme/api/installation', { body: { id: 1, permissions: {} } });
    answer('POST /app/installations/1/access_tokens', { status: 201, body: { token: 'ghs_1' } });

    await host.gitAccess(repository, options);

    const minted = asked.filter(({ line }) => line.endsWith('/access_tokens')).map(({ body }) => body);
    expect(minted.at(-1)).toEqual({ repositories: ['api'], permissions: { contents: 'read' } });
  });

  it('gives git a token with which nothing can be changed', async () => {
    const { host, origin } = await asApp();
    const { header } = await host.gitAccess(repository, options);
    const sent = Buffer.from(header?.value.replace('Basic ', '') ?? '', 'base64').toString();
    const whoHasIt = createGithub({
      credentials: { kind: 'token', token: sent.replace('x-access-token:', '') },
      apiUrl: `${origin}/github`,
      log: silentLog,
    });
    const labels = { number: 1, labels: ['a'] };

    expect(await whoHasIt.ref(repository, 'main', options)).toMatchObject({ kind: 'branch' });
    await expect(whoHasIt.addLabels(repository, labels, options)).rejects.toMatchObject({ why: 'forbidden' });
  });
});

describe('signing in with a token', () => {
  it('shows no more than the token may see', async () => {
    const { origin } = await startGithub();
    const as = (token: string) =>
      createGithub({ credentials: { kind: 'token', token }, apiUrl: `${origin}/github`, log: silentLog });

    expect(await as(tokenOf('maya-p')).ref(repository, 'main', options)).toMatchObject({ kind: 'branch' });
    await expect(as('ghp_unknown').ref(repository, 'main', options)).rejects.toMatchObject({
      why: 'credentials',
    });
  });

  it('gives git an address without the token', async () => {
    const { host, answer } = await scriptedGithub();
    answer('GET /repos/acme/api', { body: { id: 1, clone_url: 'https://me:pass@github.com/acme/api.git' } });

    const { url, header, isScoped } = await host.gitAccess(repository, options);

    const sent = Buffer.from(header?.value.replace('Basic ', '') ?? '', 'base64').toString();
    expect([url, sent]).toEqual(['https://github.com/acme/api.git', `x-access-token:${TOKEN}`]);
    // A token of a person is what it is.
    expect(isScoped).toBeUndefined();
  });

  it('sends git with it nowhere that is not encrypted', async () => {
    const { host, answer } = await scriptedGithub();
    answer('GET /repos/acme/api', { body: { id: 1, clone_url: 'http://github.acme.example/acme/api.git' } });

    await expect(host.gitAccess(repository, options)).rejects.toMatchObject({
      why: 'invalid',
      message: expect.stringMatching(/Let GitHub be reached by https/),
    });
  });

  it('puts no token into what is thrown or told', async () => {
    const told: unknown[] = [];
    const tell = (...args: unknown[]) => void told.push(args);
    const { host, answer } = await scriptedGithub({
      log: { debug: tell, info: tell, warn: tell, error: tell },
    });
    answer('GET /repos/acme/api/branches', { status: 500 });
    answer('GET /repos/acme/api/tags', { status: 401, body: { message: 'Bad credentials' } });
    answer('GET /repos/acme/api/pulls/7', { after: 'cut' });
    answer('PUT /repos/acme/api/pulls/7/merge', { status: 429 });

    const thrown = await Promise.allSettled([
      host.refs(repository, options),
      host.pullRequest(repository, 7, options),
      host.merge(repository, { number: 7, head: 'a'.repeat(40), method: 'squash' }, options),
    ]);

    const shown = inspect([thrown, told], { depth: 12, showHidden: true });
    expect(thrown.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(shown).not.toContain(TOKEN);
  });
});

async function asApp(change: (key: string) => string = (key) => key) {
  const { github, origin, requests } = await startGithub();
  const credentials = { kind: 'app', appId, privateKey: change(github.privateKey) } as const;
  const host = createGithub({ credentials, apiUrl: `${origin}/github`, log: silentLog, secondMs: 5 });
  return { host, github, origin, requests };
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
}
