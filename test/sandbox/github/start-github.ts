import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { onTestFinished } from 'vitest';
import { Faults } from '../../../sandbox/faults.ts';
import { createGithub, type GithubServer } from '../../../sandbox/github/github.ts';
import { APP, tokenOf } from '../../../sandbox/github/people.ts';
import { sampleRepository } from './sample-repository.ts';
import { type StandInRunner, standInRunner } from './stand-in-runner.ts';

export type Started = {
  github: GithubServer;
  faults: Faults;
  runner: StandInRunner;
  origin: string;
  folder: string;
  /** A client of somebody, by login. */
  as(login: string): Octokit;
  /** A client of Forge's App. */
  app: Octokit;
  /** Every request, as `GET /repos/…`. */
  requests: string[];
};

export const place = { owner: 'acme', repo: 'api' } as const;

/** A GitHub for one test. */
export async function startGithub(): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'github-'));
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const origin = `http://127.0.0.1:${address.port}`;
  const faults = new Faults();
  const requests: string[] = [];
  const runners: StandInRunner[] = [];
  const github = await createGithub({
    origin: () => origin,
    faults,
    folder,
    seed: [sampleRepository],
    runner: (host) => {
      const runner = standInRunner(host);
      runners.push(runner);
      return runner;
    },
  });
  const [runner] = runners;
  if (typeof github === 'string' || runner === undefined) throw new Error(`No GitHub: ${String(github)}`);
  server.on('request', (request: IncomingMessage, response) => {
    requests.push(`${request.method} ${request.url}`);
    github.handle(request, response, new URL(request.url ?? '/', origin)).catch((error: unknown) => {
      response.writeHead(599).end(String(error));
    });
  });
  onTestFinished(async () => {
    await github.stop();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    github,
    faults,
    runner,
    origin,
    folder,
    requests,
    as: (login) => new Octokit({ baseUrl: `${origin}/github`, auth: tokenOf(login), log: silent }),
    app: new Octokit({
      baseUrl: `${origin}/github`,
      log: silent,
      authStrategy: createAppAuth,
      auth: { appId: APP.id, privateKey: github.privateKey, installationId: APP.installation },
    }),
  };
}

const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** What a request was refused with. */
export async function refusal(request: Promise<unknown>): Promise<Refusal> {
  try {
    await request;
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

type Refusal = {
  status: number;
  message: string;
  response: { data: { message: string; errors?: unknown[] }; headers: Record<string, string> };
};

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'status' in error && 'response' in error;
}
