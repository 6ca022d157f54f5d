import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ruleArn, targetGroupArn } from '../../../sandbox/aws/names.ts';
import { sandboxSeed } from '../../../sandbox/aws/seed.ts';
import { queueArn } from '../../../sandbox/aws/sqs/queues.ts';
import { forgeConfig } from '../../../sandbox/forge-config.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import type { ServiceState } from '../../../sandbox/parts.ts';
import { readPolicy } from '../../../src/config/read-policy.ts';
import { DAY_MINUTES, WEEKDAYS } from '../../../src/domain/calendar/wall-clock.ts';

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
    const production = { ...api, environment: 'production', url: 'http://127.0.0.1:5000' };

    const text = forgeConfig(await template(), [api, production], { isolation: 'bubblewrap' });

    expect(readPolicy(text, 'forge.yml')).toMatchObject({
      kind: 'valid',
      policy: {
        services: [
          {
            name: 'api',
            title: 'Public API',
            runs: {
              staging: [{ url: 'http://127.0.0.1:4000' }],
              production: [{ url: 'http://127.0.0.1:5000', colours: {} }],
            },
          },
          { name: 'billing-worker', kind: 'worker' },
        ],
        environments: [
          { name: 'staging', channel: 'C0DEPLOYS', branch: 'main' },
          { name: 'production', channel: 'C0PRODUCTION', strategy: { kind: 'canary' } },
        ],
      },
    });
  });

  it('lets one release manager decide about production, at any hour but one', async () => {
    const production = { ...api, environment: 'production', url: 'http://127.0.0.1:5000' };

    const reading = readPolicy(
      forgeConfig(await template(), [api, production], { isolation: 'bubblewrap' }),
      'forge.yml',
    );

    const policy = reading.kind === 'valid' ? reading.policy : undefined;
    const { approvals, windows } = policy?.environments.find(({ name }) => name === 'production') ?? {};
    expect(approvals?.needs).toEqual([{ from: 'release-manager', count: 1 }]);
    expect(windows).toMatchObject({
      preferred: [{ days: WEEKDAYS, from: 0, to: DAY_MINUTES }],
      avoided: [{ days: WEEKDAYS, from: 23 * 60, to: DAY_MINUTES }],
      forbidden: [],
    });
  });

  it('asks for checks and builds only where there is a GitHub, and says how its checks are isolated', async () => {
    const production = { ...api, environment: 'production', url: 'http://127.0.0.1:5000' };
    const policyWith = async (isolation?: 'none') => {
      const reading = readPolicy(
        forgeConfig(await template(), [api, production], { isolation }),
        'forge.yml',
      );
      return reading.kind === 'valid' ? reading.policy : reading.problems;
    };

    expect(await policyWith('none')).toMatchObject({
      github: { triggers: { kind: 'webhook' } },
      runner: { isolation: 'none' },
      services: [{ checks: [{}, {}, {}, {}, {}, {}], build: { workflow: 'deploy.yml' } }, { checks: [] }],
      environments: [{ triggers: { push: 'main' } }, { triggers: { tag: 'v*' }, checks: [{}, {}] }],
    });
    const without = await policyWith();
    expect(without).toMatchObject({
      services: [{ checks: [] }, { checks: [] }],
      environments: [{ checks: [] }, { checks: [] }],
    });
    expect(JSON.stringify(without)).not.toMatch(/"(github|runner|build|triggers)":/u);
  });

  it('names the queues that this world has', async () => {
    const text = await template();
    const arns = (sandboxSeed().queues ?? []).map((queue) => queueArn(queue, queue.name));

    expect(arns).toHaveLength(2);
    expect(arns.filter((arn) => !text.includes(`"${arn}"`))).toEqual([]);
  });

  it('names the target groups and rules that this world has', async () => {
    const text = await template();
    const seed = sandboxSeed().loadBalancers.filter(({ name }) => name === 'forge-production');

    const arns = seed.flatMap((loadBalancer) => [
      ...loadBalancer.targetGroups.map(({ name }) => targetGroupArn(loadBalancer, name)),
      ...loadBalancer.rules
        .filter(({ paths }) => paths !== undefined)
        .map(({ priority }) =>
          ruleArn({ ...loadBalancer, loadBalancer: loadBalancer.name }, String(priority)),
        ),
    ]);

    expect(arns).toHaveLength(4);
    expect(arns.filter((arn) => !text.includes(arn))).toEqual([]);
  });

  it('is not written with an address that nothing answers', async () => {
    const text = await template();

    expect(() => forgeConfig(text, [], {})).toThrow('url of api in staging, us-east-1');
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
      FORGE_PREVIEW_TOKEN: 'preview',
    });
    expect(JSON.stringify(environment)).not.toMatch(/real|production|proxy/);
  });

  it('makes it the App of the GitHub here, and of none where there is no GitHub', () => {
    const github = { port: 18_000, privateKey: 'KEY' };

    const environment = forgeEnvironment({ GITHUB_TOKEN: 'real' }, { ...world, github });
    const without = forgeEnvironment({ GITHUB_TOKEN: 'real' }, world);

    expect(environment).toMatchObject({
      GITHUB_API_URL: 'http://127.0.0.1:4321/github',
      GITHUB_APP_PRIVATE_KEY: 'KEY',
      FORGE_HTTP_PORT: '18000',
      FORGE_HTTP_HOST: '127.0.0.1',
    });
    expect(environment).not.toHaveProperty('GITHUB_TOKEN');
    expect(Object.keys(without).filter((name) => /GITHUB|HTTP/.test(name))).toEqual([]);
  });

  it('keeps what every program needs', () => {
    const environment = forgeEnvironment({ PATH: '/bin', HOME: '/home', TZ: 'UTC', NODE_ENV: 'x' }, world);

    expect(environment).toMatchObject({ PATH: '/bin', HOME: '/home', TZ: 'UTC', NODE_ENV: 'x' });
  });
});
