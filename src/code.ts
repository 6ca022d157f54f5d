import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAwsClients } from './aws/clients.ts';
import type { Environment } from './config/environment.ts';
import { messageOf, UserError } from './domain/errors.ts';
import type { Policy, RunnerPolicy, TaskRunnerPolicy } from './domain/policy.ts';
import { createGithub } from './github/github.ts';
import type { Clock } from './ports/clock.ts';
import type { CodeHost } from './ports/code-host.ts';
import type { CommandRunner } from './ports/command-runner.ts';
import type { Log } from './ports/log.ts';
import { createCommandRunner, type IsolatedRunner } from './runner/create-command-runner.ts';
import { createEcsTaskRunner } from './runner/ecs-task/create-ecs-task-runner.ts';

/** What Forge reaches code with, as far as the policy and the environment ask for it. */
export type Code = {
  codeHost?: CodeHost;
  runner?: CommandRunner;
  /** Ends every command. Idempotent. */
  stop(): Promise<void>;
};

type Asked = {
  policy: Policy;
  environment: Environment;
  /** Where the private key of the GitHub App lies, where that is a file. */
  keyFile?: string | undefined;
};

/** GitHub is asked in vain this long before the rest goes on without its answer. Milliseconds. */
const SETUP_WITHIN = 30_000;

/**
 * Builds what reaches GitHub and runs the commands of checks. Throws a `UserError` where the code of a branch could reach what is
 * Forge's: then Forge must not start.
 */
export async function createCode(
  { policy, environment, keyFile }: Asked,
  { clock, log }: { clock: Clock; log: Log },
): Promise<Code> {
  const { github } = environment;
  if (github === undefined || policy.github === undefined) return { stop: async () => undefined };
  const { credentials, apiUrl } = github;
  const codeHost = createGithub({ credentials, apiUrl, log, clock });
  if (policy.runner === undefined) return { codeHost, stop: async () => undefined };
  const runner = runnerFor(policy.runner, { environment, keyFile, codeHost, clock, log });
  try {
    const problems = await runner.prove();
    if (problems.length > 0) throw new UserError(problems.join('\n  - '));
  } catch (error) {
    await runner.stop();
    throw error;
  }
  return { codeHost, runner, stop: () => runner.stop() };
}

type RunnerTools = Omit<Asked, 'policy'> & { codeHost: CodeHost; clock: Clock; log: Log };

function runnerFor(
  policy: RunnerPolicy | TaskRunnerPolicy,
  { environment, keyFile, ...tools }: RunnerTools,
): IsolatedRunner {
  if (policy.isolation === 'ecs-task') return taskRunner(policy, environment, tools);
  makeThere(environment.databaseFile);
  return createCommandRunner({
    ...{ policy, ...tools },
    folder: policy.folder ?? join(dirname(environment.databaseFile), 'forge-checks'),
    guarded: guardedBy(environment, keyFile),
  });
}

function taskRunner(
  policy: TaskRunnerPolicy,
  { github }: Environment,
  tools: Omit<RunnerTools, 'environment' | 'keyFile'>,
): IsolatedRunner {
  if (github?.credentials.kind === 'token')
    throw new UserError(
      'Checks cannot run in tasks of ECS while Forge signs in at GitHub with GITHUB_TOKEN: their task would be given a token that opens more than the code it runs. Let Forge sign in as a GitHub App.',
    );
  const clients = createAwsClients();
  const runner = createEcsTaskRunner({ policy, clients, ...tools });
  const stop = async () => {
    await runner.stop();
    clients.destroy();
  };
  return { ...runner, stop };
}

/** At the first start: what is not there would not be proven to be out of reach. */
function makeThere(databaseFile: string): void {
  if (databaseFile === ':memory:') return;
  mkdirSync(dirname(databaseFile), { recursive: true });
  closeSync(openSync(databaseFile, 'a', 0o600));
}

/** What the code of a branch must never see, besides what every process has. */
function guardedBy({ policyFile, databaseFile }: Environment, keyFile: string | undefined) {
  return [
    { path: policyFile, what: 'the policy file' },
    { path: databaseFile, what: 'the database' },
    ...(keyFile === undefined || keyFile === ''
      ? []
      : [{ path: keyFile, what: 'the key of the GitHub App' }]),
  ];
}

/** Says what Forge may not do at GitHub though the policy asks for it. Never throws: it may be mended while Forge runs. */
export async function tellCodeProblems(
  codeHost: CodeHost | undefined,
  policy: Policy,
  log: Log,
): Promise<void> {
  if (codeHost === undefined) return;
  const repositories = new Set(policy.services.map(({ repository }) => repository));
  for (const repository of repositories) {
    try {
      const problems = await codeHost.setupProblems(repository, {
        signal: AbortSignal.timeout(SETUP_WITHIN),
      });
      for (const problem of problems) log.warn(problem);
    } catch (error) {
      log.warn('GitHub could not be asked whether everything is set up', {
        repository,
        error: messageOf(error),
      });
    }
  }
}
