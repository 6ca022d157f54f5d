import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Client, createClient } from './client.ts';

const START = fileURLToPath(new URL('start.mjs', import.meta.url));
const STOP_WITHIN_MS = 5_000;

const Addresses = z.object({
  page: z.string(),
  control: z.string(),
  slack: z.string(),
  aws: z.string(),
  services: z.array(z.object({ name: z.string(), environment: z.string(), url: z.string().optional() })),
  forge: z.object({ pid: z.number(), log: z.string() }),
  config: z.string(),
  pid: z.number(),
});
export type Addresses = z.infer<typeof Addresses>;

export type Launched = {
  addresses: Addresses;
  client: Client;
  process: ChildProcess;
  /** SIGTERM; resolves when it has ended. Throws when it must be killed. */
  stop(): Promise<void>;
};

/** Starts the sandbox as a program of its own and waits until it is ready. What it complains of goes to `complain`. */
export async function launchSandbox(options: {
  words?: readonly string[];
  complain(line: string): void;
}): Promise<Launched> {
  const words = [START, '--port', '0', '--no-open', '--json', ...(options.words ?? [])];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', options.complain);
  const line = await firstLine(child);
  const addresses = Addresses.parse(JSON.parse(line));
  return { addresses, client: createClient(addresses.control), process: child, stop: () => stop(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('The sandbox has no output to read.'));
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`The sandbox ended before it was ready (${signal ?? `exit code ${code}`}).`)),
    );
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The sandbox did not end within ${STOP_WITHIN_MS / 1000} s of SIGTERM.`));
    }, STOP_WITHIN_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
