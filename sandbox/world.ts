import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAws } from './aws/aws.ts';
import { inventedCommit, sandboxSeed } from './aws/seed.ts';
import { createControl } from './control.ts';
import { Faults } from './faults.ts';
import { guardFolder } from './folder-guard.ts';
import { forgeConfig, type Machine } from './forge-config.ts';
import { forgeEnvironment } from './forge-environment.ts';
import { forgePort } from './forge-port.ts';
import { ForgeProcess } from './forge-process.ts';
import { type GithubServer, startGithub } from './github-part.ts';
import { isolationHere } from './isolation.ts';
import { createPage } from './page.ts';
import type { ServiceState } from './parts.ts';
import { RequestLog } from './request-log.ts';
import { listen, type SandboxServer } from './server.ts';
import { createSlack } from './slack/slack.ts';
import { shortcutsOf, slackAppOf } from './slack-app.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const TEMPLATE = fileURLToPath(new URL('forge.yml', import.meta.url));
const MANIFEST = join(PROJECT, 'manifest.yml');
const FORGE = join(PROJECT, 'src/main.ts');
/** Generous: on a busy machine a start may take several seconds. */
const READY_WITHIN_MS = 30_000;

export type WorldOptions = {
  port: number;
  mayMove: boolean;
  /** The program to start as Forge. */
  forgeFile?: string;
  /** Whether there is a GitHub, where this machine has git. */
  hasGithub: boolean;
  /** Requests per second that customers send to production from the start; they can be changed later. */
  customers: number;
  /** A sentence for the person at the terminal. */
  report(text: string): void;
  /** A line Forge printed. */
  onForgeLine(line: string): void;
};

export type World = {
  origin: string;
  folder: string;
  configFile: string;
  logFile: string;
  services: ServiceState[];
  forge: ForgeProcess;
  /** Ends every process and removes the folder. Idempotent; resolves within 3 s. */
  stop(): Promise<void>;
};

/** Starts the whole sandbox; resolves when Forge is connected. Nothing is left behind when that fails. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const server = await listen(options.port, options);
  const ends: Ends = { processes: [], connections: [() => server.stop()] };
  const stop = once(async () => {
    // Side by side, because each may take two seconds; Slack last, so that Forge can say goodbye.
    await endAll(ends.processes, options.report);
    await endAll(ends.connections, options.report);
  });
  try {
    return { ...(await furnish(server, options, ends)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type End = () => Promise<unknown>;
type Ends = { processes: End[]; connections: End[] };

async function furnish(
  server: SandboxServer,
  options: WorldOptions,
  ends: Ends,
): Promise<Omit<World, 'stop'>> {
  const requests = new RequestLog();
  const faults = new Faults((service, operation) => requests.add(service, operation));
  const origin = () => server.origin;
  let forge: ForgeProcess | undefined;
  const forgeState = () => forge?.state() ?? { pid: null, ready: false };

  const manifest = await readFile(MANIFEST, 'utf8');
  const slack = createSlack({ origin, faults, settings: slackAppOf(manifest) });
  ends.connections.unshift(() => slack.stop());
  const folder = await mkdtemp(join(tmpdir(), 'forge-sandbox-'));
  // Where all this runs as root, checks run as a user of their own, who must be able to pass through to their folder.
  await chmod(folder, 0o711);
  ends.connections.push(guardFolder(folder));
  const github = options.hasGithub
    ? await startGithub({
        origin,
        faults,
        folder,
        publish: (push) => aws.publish(push),
        report: options.report,
      })
    : undefined;
  if (github !== undefined) ends.processes.push(() => github.stop());
  const aws = await createAws({ origin, faults, seed: sandboxSeed({ commitOf: commitsOf(github) }) });
  ends.processes.push(() => aws.stop());
  const page = createPage();
  const shortcuts = shortcutsOf(manifest);
  const control = createControl({ slack, aws, github, faults, requests, forge: forgeState, shortcuts });
  ends.connections.unshift(
    () => page.stop(),
    () => control.stop(),
  );
  server.serve({
    inTurn: [control, page, slack, ...(github === undefined ? [] : [github]), aws],
    upgrade: (request, socket, head) => {
      if (!slack.upgrade(request, socket, head)) return false;
      forge?.linked(socket);
      return true;
    },
    report: options.report,
  });

  if (options.customers > 0) {
    await aws.load({ service: 'api', environment: 'production', requestsPerSecond: options.customers });
  }
  const services = await aws.services();
  const isolation = github && (await isolationHere());
  const files = await writeFiles(folder, services, { isolation });
  const webServer = github && (await webServerFor(github));
  const started = new ForgeProcess({
    ...files,
    file: options.forgeFile ?? FORGE,
    workingFolder: PROJECT,
    environment: forgeEnvironment(process.env, { origin: server.origin, ...files, github: webServer }),
    onChange: () => control.stateChanged(),
    onLine: options.onForgeLine,
    report: options.report,
  });
  forge = started;
  ends.processes.push(() => started.stop());
  await started.untilReady(READY_WITHIN_MS);
  return { origin: server.origin, ...files, services, forge: started };
}

async function endAll(ends: readonly End[], report: (text: string) => void): Promise<void> {
  const results = await Promise.allSettled(ends.map((end) => end()));
  for (const result of results) {
    if (result.status === 'rejected') report(`A part of the sandbox did not end well: ${result.reason}`);
  }
}

/** The commits of images are those of GitHub, of which some have no repository. */
function commitsOf(github: GithubServer | undefined) {
  return (repository: string, version: string) =>
    github?.commitOf(repository.replace('acme-', 'acme/'), version) ?? inventedCommit(repository, version);
}

/** Where Forge is to hear of what happens at GitHub; GitHub tells it from now on. */
async function webServerFor({ webhooks, privateKey }: GithubServer) {
  const port = await forgePort();
  webhooks.change({ url: `http://127.0.0.1:${port}/github/webhook` });
  return { port, privateKey };
}

async function writeFiles(folder: string, services: readonly ServiceState[], machine: Machine) {
  const configFile = join(folder, 'forge.yml');
  await writeFile(configFile, forgeConfig(await readFile(TEMPLATE, 'utf8'), services, machine));
  return { folder, configFile, logFile: join(folder, 'forge.log') };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}
