import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { readConfiguration } from '../../src/config.ts';
import { goodInColours } from './colours-text.ts';

const tokens = { SLACK_BOT_TOKEN: 'xoxb-1-secret', SLACK_APP_TOKEN: 'xapp-1-secret' };

describe('the environment', () => {
  it('needs two tokens and has defaults for the rest', () => {
    expect(readEnvironment(tokens)).toEqual({
      kind: 'valid',
      environment: {
        botToken: 'xoxb-1-secret',
        appToken: 'xapp-1-secret',
        policyFile: './forge.yml',
        databaseFile: './forge.db',
        logLevel: 'info',
      },
    });
  });

  it('can name every place and another Slack', () => {
    const reading = readEnvironment({
      ...tokens,
      SLACK_API_URL: 'http://127.0.0.1:4000/api/',
      FORGE_CONFIG: '/etc/forge.yml',
      FORGE_DATABASE: '/var/forge.db',
      FORGE_LOG: 'debug',
    });

    expect(reading).toMatchObject({
      kind: 'valid',
      environment: {
        slackApiUrl: 'http://127.0.0.1:4000/api/',
        policyFile: '/etc/forge.yml',
        databaseFile: '/var/forge.db',
        logLevel: 'debug',
      },
    });
  });

  it('tells everything that is missing at once, and where to get it', () => {
    expect(readEnvironment({ SLACK_BOT_TOKEN: ' ' })).toEqual({
      kind: 'invalid',
      problems: [
        expect.stringMatching(/^SLACK_BOT_TOKEN is missing\. .*xoxb-.*OAuth & Permissions/),
        expect.stringMatching(/^SLACK_APP_TOKEN is missing\. .*connections:write.*App-Level Tokens/),
      ],
    });
  });

  it('never repeats the value of a secret, also not of a mixed-up one', () => {
    const reading = readEnvironment({ SLACK_BOT_TOKEN: 'xapp-1-secret', SLACK_APP_TOKEN: 'xoxb-1-secret' });

    expect(reading).toMatchObject({ kind: 'invalid', problems: [expect.any(String), expect.any(String)] });
    expect(JSON.stringify(reading)).not.toContain('secret');
  });

  it.each([
    {
      variable: 'FORGE_LOG',
      value: 'loud',
      problem: 'FORGE_LOG is "loud". Write debug, info, warn or error',
    },
    { variable: 'SLACK_API_URL', value: 'slack', problem: 'SLACK_API_URL is not a URL.' },
  ])('refuses a wrong $variable', ({ variable, value, problem }) => {
    expect(readEnvironment({ ...tokens, [variable]: value })).toEqual({
      kind: 'invalid',
      problems: [expect.stringContaining(problem)],
    });
  });
});

describe('the configuration', () => {
  it('tells the problems of the environment and of the policy file together', async () => {
    const file = policyFile('aws: {}\n');

    const configuration = await readConfiguration({ FORGE_CONFIG: file, SLACK_APP_TOKEN: 'xapp-1' });

    expect(configuration).toMatchObject({
      kind: 'invalid',
      problems: expect.arrayContaining([
        expect.stringContaining('SLACK_BOT_TOKEN is missing'),
        expect.stringContaining(`${file}:1:1 services: Add this group of keys`),
      ]),
    });
  });

  it('says which secret of a preview is missing, and lets Forge start where it is there', async () => {
    const file = policyFile(goodInColours);

    const without = await readConfiguration({ ...tokens, FORGE_CONFIG: file, FORGE_PREVIEW_TOKEN: ' ' });
    const withIt = await readConfiguration({ ...tokens, FORGE_CONFIG: file, FORGE_PREVIEW_TOKEN: 'secret' });

    expect(without).toEqual({
      kind: 'invalid',
      problems: [expect.stringMatching(/^FORGE_PREVIEW_TOKEN is missing\. .*header of api in production/)],
    });
    expect(withIt).toMatchObject({ kind: 'valid', policy: { environments: [{ name: 'production' }] } });
  });

  it('says what to do when there is no policy file', async () => {
    const configuration = await readConfiguration({ ...tokens, FORGE_CONFIG: '/nowhere/forge.yml' });

    expect(configuration).toEqual({
      kind: 'invalid',
      problems: [expect.stringMatching(/\/nowhere\/forge\.yml cannot be read.*Copy forge\.example\.yml/)],
    });
  });
});

function policyFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'forge-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'forge.yml');
  writeFileSync(file, text);
  return file;
}
