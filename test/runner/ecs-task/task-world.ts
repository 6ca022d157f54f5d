import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegisterTaskDefinitionCommand, type RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { githubActs } from '../../../sandbox/control-github-acts.ts';
import { Faults } from '../../../sandbox/faults.ts';
import { createGithub as createSandboxGithub } from '../../../sandbox/github/github.ts';
import { APP } from '../../../sandbox/github/people.ts';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { clock } from '../../../src/clock.ts';
import type { TaskRunnerPolicy } from '../../../src/domain/policy.ts';
import { createGithub } from '../../../src/github/github.ts';
import type { CommandOutcome, CommandRequest } from '../../../src/ports/command-runner.ts';
import {
  createEcsTaskRunner,
  type TaskRunnerParts,
} from '../../../src/runner/ecs-task/create-ecs-task-runner.ts';
import { pointAwsAt, portOf } from '../../aws/sandbox-aws.ts';
import { silentLog } from '../../fakes/log.ts';
import { startAws, type TestAws } from '../../sandbox/aws/start-aws.ts';
import { sampleRepository } from '../../sandbox/github/sample-repository.ts';
import { standInRunner } from '../../sandbox/github/stand-in-runner.ts';

const CLUSTER = 'forge-staging';

export const POLICY: TaskRunnerPolicy = {
  isolation: 'ecs-task',
  network: 'open',
  atOnce: 2,
  task: {
    region: 'us-east-1',
    cluster: CLUSTER,
    definition: 'forge-check',
    subnets: ['subnet-0a1b2c3d'],
    securityGroups: ['sg-0a1b2c3d'],
    publicAddress: false,
  },
};

export type Changes = (definition: RegisterTaskDefinitionCommandInput) => void;

export type TaskWorld = Awaited<ReturnType<typeof createTaskWorld>>;

/** An AWS and a GitHub to run commands of checks in, both of the sandbox, with the task definition of the templates. */
export async function createTaskWorld() {
  const aws = await startAws({ running: 'in-process' });
  pointAwsAt(Number(new URL(aws.endpoint).port));
  await register(aws);
  const { github, origin, close } = await startGithub();
  const acts = githubActs(github);
  const closing: (() => Promise<void>)[] = [];

  function newRunner(parts: Partial<TaskRunnerParts> = {}) {
    const clients = createAwsClients();
    const codeHost = createGithub({
      credentials: { kind: 'app', appId: String(APP.id), privateKey: github.privateKey },
      apiUrl: `${origin}/github`,
      log: silentLog,
    });
    const runner = createEcsTaskRunner({
      ...{ policy: POLICY, clients, codeHost, clock, log: silentLog, forge: [], pollMs: 20 },
      ...parts,
    });
    closing.push(async () => {
      await runner.stop();
      clients.destroy();
    });
    return {
      ...runner,
      run: (request: Partial<CommandRequest> & { commit: string }, signal = new AbortController().signal) =>
        runner.run(
          { repository: 'acme/api', command: 'true', within: 60_000, outputLimit: 20_000, ...request },
          { signal },
        ),
    };
  }

  return {
    aws,
    newRunner,
    register: (change: Changes) => register(aws, change),
    /** The number of a commit with these files besides those of the sandbox. */
    async commit(files: Record<string, string>): Promise<string> {
      const where = { repository: 'acme/api', as: 'sam-okafor', branch: 'checked', from: 'main' };
      return (await acts.commit({ ...where, message: 'A change', files })).sha;
    },
    /** Tasks of commands, not of proofs. */
    tasks: () => aws.aws.truth.tasks.filter(({ startedBy }) => /^forge-[0-9a-f]/u.test(startedBy ?? '')),
    async end() {
      for (const one of closing) await one();
      await close();
      await aws.stop();
    },
  };
}

/** Registers the next revision, as the template has it but for what is changed. */
async function register({ aws, ecs }: TestAws, change: Changes = () => undefined): Promise<void> {
  const file = new URL('../../../templates/aws/check-runner/task-definition.json', import.meta.url);
  const definition: RegisterTaskDefinitionCommandInput = JSON.parse(readFileSync(file, 'utf8'));
  const [image] = aws.truth.images;
  for (const container of definition.containerDefinitions ?? [])
    container.image = `${image?.account}.dkr.ecr.${image?.region}.amazonaws.com/${image?.repository}@${image?.digest}`;
  change(definition);
  await ecs.send(new RegisterTaskDefinitionCommand(definition));
}

/** What it printed, whatever came of it. */
export function printed(outcome: CommandOutcome): string {
  return 'output' in outcome ? outcome.output.text : outcome.reason;
}

async function startGithub() {
  const folder = await mkdtemp(join(tmpdir(), 'github-'));
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${portOf(server.address())}`;
  const github = await createSandboxGithub({
    ...{ origin: () => origin, faults: new Faults(), folder, seed: [sampleRepository] },
    runner: (host) => standInRunner(host),
  });
  if (typeof github === 'string') throw new Error(github);
  server.on('request', (request: IncomingMessage, response) => {
    github.handle(request, response, new URL(request.url ?? '/', origin)).catch((error: unknown) => {
      response.writeHead(599).end(String(error));
    });
  });
  const close = async () => {
    await github.stop();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { github, origin, close };
}
