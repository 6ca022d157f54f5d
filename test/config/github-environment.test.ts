import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { readConfiguration } from '../../src/config.ts';
import { withCode } from './code-text.ts';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1-secret', SLACK_APP_TOKEN: 'xapp-1-secret' };
const token = 'github_pat_11ABCDEFG_secret';
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs1',
  format: 'pem',
});
const secret = 'a webhook secret of some length';

function environment(variables: Record<string, string>) {
  const reading = readEnvironment({ ...slack, ...variables });
  if (reading.kind === 'invalid') throw new Error(reading.problems.join('\n'));
  return reading.environment;
}

function problems(variables: Record<string, string>): string[] {
  const reading = readEnvironment({ ...slack, ...variables });
  return reading.kind === 'invalid' ? reading.problems : [];
}

describe('the environment', () => {
  it('needs nothing of GitHub', () => {
    expect(environment({})).not.toHaveProperty('github');
    expect(environment({ GITHUB_API_URL: 'https://ghe.example' })).not.toHaveProperty('github');
    expect(environment({})).not.toHaveProperty('web');
  });

  it('signs in at GitHub with a token', () => {
    expect(environment({ GITHUB_TOKEN: ` ${token}\n` }).github).toEqual({
      credentials: { kind: 'token', token },
      apiUrl: 'https://api.github.com',
    });
  });

  it('signs in as an App, whose key may stand on one line', () => {
    const oneLine = String(pem).trim().replaceAll('\n', '\\n');

    const { github } = environment({
      GITHUB_APP_ID: '12345',
      GITHUB_APP_PRIVATE_KEY: oneLine,
      GITHUB_API_URL: 'http://127.0.0.1:4000/github/',
      GITHUB_WEBHOOK_SECRET: secret,
    });

    expect(github).toEqual({
      credentials: { kind: 'app', appId: '12345', privateKey: pem },
      apiUrl: 'http://127.0.0.1:4000/github',
      webhookSecret: secret,
    });
  });

  it('has a web server where a port is named, for everybody if nobody says otherwise', () => {
    expect(environment({ FORGE_HTTP_PORT: '8080' }).web).toEqual({ port: 8080, host: '0.0.0.0' });
    expect(environment({ FORGE_HTTP_PORT: '1', FORGE_HTTP_HOST: '127.0.0.1' }).web).toEqual({
      port: 1,
      host: '127.0.0.1',
    });
    expect(environment({ FORGE_HTTP_HOST: '127.0.0.1' })).not.toHaveProperty('web');
  });

  it.each<[what: string, variables: Record<string, string>, problem: RegExp]>([
    [
      'a token that is none',
      { GITHUB_TOKEN: 'hunter2-secret' },
      /^GITHUB_TOKEN does not look like a token\. .*github_pat_/,
    ],
    [
      'two ways to sign in',
      { GITHUB_TOKEN: token, GITHUB_APP_ID: '1', GITHUB_APP_PRIVATE_KEY: String(pem) },
      /^GITHUB_TOKEN and GITHUB_APP_ID are both set/,
    ],
    [
      'an App without a key',
      { GITHUB_APP_ID: '12345' },
      /^GITHUB_APP_PRIVATE_KEY is missing: .*GITHUB_APP_PRIVATE_KEY_FILE/,
    ],
    ['a key without an App', { GITHUB_APP_PRIVATE_KEY: String(pem) }, /^GITHUB_APP_ID is missing/],
    [
      'an App by its name',
      { GITHUB_APP_ID: 'my app', GITHUB_APP_PRIVATE_KEY: String(pem) },
      /^GITHUB_APP_ID is not the id/,
    ],
    [
      'a key that is none',
      { GITHUB_APP_ID: '1', GITHUB_APP_PRIVATE_KEY: '-----BEGIN secret' },
      /^GITHUB_APP_PRIVATE_KEY is no private key\. /,
    ],
    ['an address that is none', { GITHUB_API_URL: 'github' }, /^GITHUB_API_URL is not a URL\./],
    [
      'a short secret',
      { GITHUB_WEBHOOK_SECRET: 'secret' },
      /^GITHUB_WEBHOOK_SECRET is too short to be a secret/,
    ],
    ['a port that is none', { FORGE_HTTP_PORT: 'http' }, /^FORGE_HTTP_PORT is "http"\. Write a port/],
    ['a port there cannot be', { FORGE_HTTP_PORT: '70000' }, /^FORGE_HTTP_PORT is "70000"\. Write a port/],
    ['no port at all', { FORGE_HTTP_PORT: '0' }, /^FORGE_HTTP_PORT is "0"\. Write a port/],
  ])('refuses %s, and never repeats a secret', (_what, variables, problem) => {
    expect(problems(variables)).toEqual([expect.stringMatching(problem)]);
    expect(problems(variables).join('\n')).not.toMatch(/hunter2|BEGIN secret|pat_11ABC|RSA PRIVATE/);
  });

  it('tells the problems of Slack and of GitHub together', () => {
    expect(readEnvironment({ GITHUB_APP_ID: '1', FORGE_HTTP_PORT: 'x' })).toMatchObject({
      kind: 'invalid',
      problems: [
        expect.stringContaining('SLACK_BOT_TOKEN'),
        expect.stringContaining('SLACK_APP_TOKEN'),
        expect.stringContaining('GITHUB_APP_PRIVATE_KEY'),
        expect.stringContaining('FORGE_HTTP_PORT'),
      ],
    });
  });
});

describe('the configuration', () => {
  it('reads the private key from its file', async () => {
    const keyFile = file('key.pem', String(pem));
    const config = file('forge.yml', withCode());

    const configuration = await readConfiguration({
      ...{ ...slack, FORGE_CONFIG: config, GITHUB_APP_ID: '1', GITHUB_APP_PRIVATE_KEY_FILE: keyFile },
      ...{ GITHUB_WEBHOOK_SECRET: secret, FORGE_HTTP_PORT: '8080' },
    });

    expect(configuration).toMatchObject({
      kind: 'valid',
      environment: { github: { credentials: { kind: 'app', privateKey: pem } } },
    });
  });

  it.each([
    ['is not there', '/nowhere/key.pem', /names \/nowhere\/key\.pem, which cannot be read/],
    ['is empty', undefined, /key\.pem, which is empty\./],
  ])('says which file of a private key %s', async (_what, path, problem) => {
    const configuration = await readConfiguration({
      ...{ ...slack, FORGE_CONFIG: file('forge.yml', withCode()), GITHUB_APP_ID: '1' },
      ...{ GITHUB_APP_PRIVATE_KEY_FILE: path ?? file('key.pem', '\n') },
      ...{ GITHUB_WEBHOOK_SECRET: secret, FORGE_HTTP_PORT: '8080' },
    });

    expect(configuration).toEqual({ kind: 'invalid', problems: [expect.stringMatching(problem)] });
  });

  it('says what is missing for what the policy does with GitHub', async () => {
    const configuration = await readConfiguration({ ...slack, FORGE_CONFIG: file('forge.yml', withCode()) });

    expect(configuration).toEqual({
      kind: 'invalid',
      problems: [
        expect.stringMatching(/^GITHUB_TOKEN is missing\. .*GITHUB_APP_ID/),
        expect.stringMatching(/^GITHUB_WEBHOOK_SECRET is missing\. .*triggers: webhook/),
        expect.stringMatching(/^FORGE_HTTP_PORT is missing\. .*triggers: polling/),
      ],
    });
  });

  it('wants no secret and no port for polling', async () => {
    const config = file('forge.yml', withCode({ sections: 'github: { triggers: polling }\n' }));

    expect(await readConfiguration({ ...slack, FORGE_CONFIG: config, GITHUB_TOKEN: token })).toMatchObject({
      kind: 'valid',
    });
  });
});

function file(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'forge-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
