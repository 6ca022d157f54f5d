import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import { Order, Report, type Typed } from './messages.ts';

export type Processes = {
  databaseFile: string;
  /** Types commands and tells what became of them. */
  type(order: Order): Promise<Typed[]>;
  /** Resolves when Forge was started; it may not be connected yet. */
  startForge(): Promise<{ pid: number; ended: Promise<unknown> }>;
  /** Ends all of them and removes the folder. */
  stop(): Promise<void>;
};

/** The sandbox and the bare app are running; Forge is not. Each is a process of its own. */
export async function startProcesses(): Promise<Processes> {
  const folder = await mkdtemp(join(tmpdir(), 'forge-bench-ack-'));
  const children = new Set<ChildProcess>();
  const sandbox = fork(new URL('./sandbox-process.ts', import.meta.url), { stdio: 'inherit' });
  children.add(sandbox);
  const listening = await next(sandbox, 'listening');
  const configFile = join(folder, 'forge.yml');
  await writeFile(configFile, await policyWithoutAddresses());
  const surroundings = (origin: string) => forgeEnvironment(process.env, { origin, folder, configFile });
  const run = (file: string, origin: string): ChildProcess => {
    const environment = { ...surroundings(origin), FORGE_LOG: 'warn' };
    const child = spawn(process.execPath, [file], {
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    children.add(child);
    return child;
  };
  run('test/bench/ack/bare-app.ts', listening.origins.bare);

  return {
    databaseFile: join(folder, 'forge.db'),
    async type(order) {
      const typed = next(sandbox, 'typed');
      sandbox.send(Order.parse(order));
      return (await typed).typed;
    },
    async startForge() {
      const forge = run('src/main.ts', listening.origins.forge);
      await once(forge, 'spawn');
      return { pid: forge.pid ?? 0, ended: once(forge, 'exit') };
    },
    async stop() {
      for (const child of children) await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The sandbox answers each order with one report. */
function next<Kind extends Report['kind']>(
  sandbox: ChildProcess,
  kind: Kind,
): Promise<Extract<Report, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('The sandbox ended'));
    sandbox.once('exit', ended);
    sandbox.once('message', (message) => {
      sandbox.off('exit', ended);
      const report = Report.parse(message);
      if (isOf(report, kind)) resolve(report);
      else reject(new Error(`The sandbox answered ${report.kind} instead of ${kind}`));
    });
  });
}

function isOf<Kind extends Report['kind']>(
  report: Report,
  kind: Kind,
): report is Extract<Report, { kind: Kind }> {
  return report.kind === kind;
}

/** Nothing is deployed here, so the services need no address that answers; and there is no AWS whose queue could be read. */
async function policyWithoutAddresses(): Promise<string> {
  const template = await readFile(new URL('../../../sandbox/forge.yml', import.meta.url), 'utf8');
  const document = parseDocument(template.replace(/\$\{url of [^}]+\}/g, 'http://127.0.0.1:9'));
  document.delete('schedules');
  return document.toString();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
