import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { forgeConfig } from '../../../sandbox/forge-config.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import type { ServiceState } from '../../../sandbox/parts.ts';
import { readPolicy } from '../../../src/config/read-policy.ts';

const template = () => readFile(new URL('../../../sandbox/forge.yml', import.meta.url), 'utf8');

const api: ServiceState = {
  name: 'api',
  environment: 'staging',
  region: 'us-east-1',
  url: 'http://127.0.0.1:4000',
  live: null,
  weights: null,
  shares: [],
  requests: 0,
  failures: 0,
  tasks: [],
  traffic: [],
  load: 0,
};

describe('the policy file of the sandbox', () => {
  it('is one that Forge accepts, with the addresses of this world', async () => {
    const text = forgeConfig(await template(), [api]);

    expect(readPolicy(text, 'forge.yml')).toMatchObject({
      kind: 'valid',
      policy: {
        services: [
          { name: 'api', title: 'Public API', runs: { staging: [{ url: 'http://127.0.0.1:4000' }] } },
          { name: 'billing-worker', kind: 'worker' },
        ],
        environments: [{ name: 'staging', channel: 'C0DEPLOYS', branch: 'main' }],
      },
    });
  });

  it('is not written with an address that nothing answers', async () => {
    const text = await template();

    expect(() => forgeConfig(text, [])).toThrow('url of api in staging, us-east-1');
  });
});

describe('what Forge is told by its environment', () => {
  const world = { origin: 'http://127.0.0.1:4321', folder: '/sandbox', configFile: '/sandbox/forge.yml' };

  it('leads to this world alone: of the person who starts it no token, profile or proxy', () => {
    const own = {
      SLACK_BOT_TOKEN: 'xoxb-real',
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 'real',
      HTTPS_PROXY: 'http://proxy',
      GITHUB_TOKEN: 'real',
    };

    const environment = forgeEnvironment(own, world);

    expect(environment).toMatchObject({
      SLACK_API_URL: 'http://127.0.0.1:4321/api/',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4321',
      FORGE_CONFIG: '/sandbox/forge.yml',
    });
    expect(JSON.stringify(environment)).not.toMatch(/real|production|proxy/);
  });

  it('keeps what every program needs', () => {
    const environment = forgeEnvironment({ PATH: '/bin', HOME: '/home', TZ: 'UTC', NODE_ENV: 'x' }, world);

    expect(environment).toMatchObject({ PATH: '/bin', HOME: '/home', TZ: 'UTC', NODE_ENV: 'x' });
  });
});
