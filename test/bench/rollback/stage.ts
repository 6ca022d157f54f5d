import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDocument } from 'yaml';
import { openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import { type Client, createClient } from '../../../sandbox/client.ts';
import { forgeEnvironment } from '../../../sandbox/forge-environment.ts';
import { clock } from '../../../src/clock.ts';
import type { Store } from '../../../src/ports/store.ts';
import { Listening } from './protocol.ts';

/** The sandbox and Forge, each a process of its own, and this one as the person in front of them. */
export type Stage = {
  client: Client;
  /** Forge's own record, read from outside. */
  store: Store;
  stop(): Promise<void>;
};

/** `strategy`: of production, as the policy file says it. Nothing is left behind when that fails. */
export async function setUpStage(strategy: Record<string, string[]>): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'forge-bench-rollback-'));
  const children: ChildProcess[] = [];
  const clear = async () => {
    for (const child of children.toReversed()) await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const sandbox = fork(new URL('./worker.ts', import.meta.url), { stdio: 'inherit' });
    children.push(sandbox);
    const { origin, policy } = await firstWords(sandbox);
    const forge = await startForge({ origin, folder, policy: quickPolicy(policy, strategy) });
    children.push(forge);
    const client = createClient(`${origin}/sandbox`);
    await untilConnected(client, forge);
    await client.load({ service: 'api', environment: 'production', requestsPerSecond: CUSTOMERS });
    const database = openDatabase(join(folder, 'forge.db'));
    const stop = () => {
      database.close();
      return clear();
    };
    return { client, store: createStore(database, { clock }), stop };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function startForge({ origin, folder, policy }: Listening & { folder: string }): Promise<ChildProcess> {
  const configFile = join(folder, 'forge.yml');
  await writeFile(configFile, policy);
  const environment = forgeEnvironment(process.env, { origin, folder, configFile });
  return spawn(process.execPath, ['src/main.ts'], {
    env: { ...environment, FORGE_LOG: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** As people get to know it in the sandbox; only that nobody has to approve it, and that the waits around the way back are short. */
function quickPolicy(policy: string, strategy: Record<string, string[]>): string {
  const document = parseDocument(policy);
  const production = ['environments', 'production'];
  document.setIn([...production, 'strategy'], strategy);
  document.setIn([...production, 'evidence'], 'smoke');
  for (const wait of ['approvals', 'windows']) document.deleteIn([...production, wait]);
  // Polling a queue has nothing to do with the way back, but its calls would be counted.
  document.delete('schedules');
  const quick = {
    settle: '200ms',
    'metric period': '1s',
    'metric delay': '2s',
    'watch after return': '500ms',
  };
  for (const [name, time] of Object.entries(quick)) document.setIn(['timing', name], time);
  return document.toString();
}

async function firstWords(sandbox: ChildProcess): Promise<Listening> {
  const ended = once(sandbox, 'exit').then(() => {
    throw new Error('The sandbox ended before it was ready');
  });
  const [message] = await Promise.race([once(sandbox, 'message'), ended]);
  ended.catch(() => undefined);
  return Listening.parse(message);
}

/** Requests per second to production: a release that nobody asks for anything shows no errors. */
const CUSTOMERS = 40;
const CONNECTED_WITHIN_MS = 60_000;

async function untilConnected(client: Client, forge: ChildProcess): Promise<void> {
  for (const until = Date.now() + CONNECTED_WITHIN_MS; Date.now() < until; await sleep(100)) {
    if (forge.exitCode !== null) throw new Error('Forge ended before it was ready');
    if ((await client.state()).forge.ready) return;
  }
  throw new Error(`Forge did not connect within ${CONNECTED_WITHIN_MS / 1000} s`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
