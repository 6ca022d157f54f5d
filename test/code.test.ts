import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Code, createCode, tellCodeProblems } from '../src/code.ts';
import type { Environment } from '../src/config/environment.ts';
import { UserError } from '../src/domain/errors.ts';
import type { GithubPolicy, RunnerPolicy, TaskRunnerPolicy } from '../src/domain/policy.ts';
import { aPolicy } from './builders.ts';
import { createFakeClock } from './fakes/clock.ts';
import { FakeCodeHost } from './fakes/code-host.ts';
import { silentLog } from './fakes/log.ts';

const github: GithubPolicy = {
  people: {},
  ship: { base: 'main', labels: [], reviewers: [], merge: 'squash', reviews: 1 },
};
const runner: RunnerPolicy = { isolation: 'none', network: 'open', atOnce: 1 };

describe('what Forge reaches code with', () => {
  let folder: string;
  let code: Code | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forge-code-'));
  });
  afterEach(async () => {
    await code?.stop();
    code = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const environment = (): Environment => ({
    ...{ botToken: 'xoxb-1', appToken: 'xapp-1', logLevel: 'error' },
    ...{ policyFile: join(folder, 'forge.yml'), databaseFile: join(folder, 'forge.db') },
    github: { credentials: { kind: 'token', token: 'ghp_1' }, apiUrl: 'http://127.0.0.1:1' },
  });
  const around = { clock: createFakeClock(), log: silentLog };

  it('is nothing where the policy says nothing of GitHub', async () => {
    code = await createCode({ policy: aPolicy(), environment: environment() }, around);

    expect(Object.keys(code)).toEqual(['stop']);
  });

  it('runs no commands where no runner is configured', async () => {
    code = await createCode({ policy: aPolicy({ github }), environment: environment() }, around);

    expect(code.codeHost).toBeDefined();
    expect(code.runner).toBeUndefined();
  });

  it('runs commands as the policy says, in a folder beside the database', async () => {
    code = await createCode({ policy: aPolicy({ github, runner }), environment: environment() }, around);

    expect(code.runner).toBeDefined();
    expect(await readdir(folder)).toEqual(['forge-checks', 'forge.db']);
  });

  it('has the database out of the reach of others before it is proven, also at the first start', async () => {
    code = await createCode({ policy: aPolicy({ github, runner }), environment: environment() }, around);

    expect((await stat(join(folder, 'forge.db'))).mode & 0o777).toBe(0o600);
  });

  it('keeps Forge from starting where nothing would keep the code of a branch away from it', async () => {
    const missing: RunnerPolicy = { ...runner, isolation: 'user', user: 'nobody-of-that-name' };

    const starting = createCode(
      { policy: aPolicy({ github, runner: missing }), environment: environment() },
      around,
    );

    await expect(starting).rejects.toThrow(UserError);
    await expect(starting).rejects.toThrow('nobody-of-that-name');
  });

  it('keeps Forge from starting where a task of ECS would be given a token that opens more than its code', async () => {
    const inTasks: TaskRunnerPolicy = {
      ...{ isolation: 'ecs-task', network: 'open', atOnce: 1 },
      task: {
        ...{ region: 'us-east-1', cluster: 'checks', definition: 'forge-check' },
        ...{ subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'], publicAddress: false },
      },
    };

    const starting = createCode(
      { policy: aPolicy({ github, runner: inTasks }), environment: environment() },
      around,
    );

    await expect(starting).rejects.toThrow(UserError);
    await expect(starting).rejects.toThrow('Let Forge sign in as a GitHub App.');
  });
});

describe('what Forge may not do at GitHub', () => {
  it('is said for each repository once, and that GitHub is silent', async () => {
    const host = new FakeCodeHost();
    host.repository('acme/checkout').problems.push('Forge may not read checks.');
    const said: unknown[] = [];
    const log = { ...silentLog, warn: (message: string) => said.push(message) };

    await tellCodeProblems(host, aPolicy(), log);
    host.fail('setupProblems');
    await tellCodeProblems(host, aPolicy(), log);
    await tellCodeProblems(undefined, aPolicy(), log);

    expect(said).toEqual([
      'Forge may not read checks.',
      'GitHub could not be asked whether everything is set up',
    ]);
  });
});
