import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import { launchSandbox } from '../../../sandbox/launch.ts';
import { clock } from '../../../src/clock.ts';
import type { Store } from '../../../src/ports/store.ts';
import { Colleagues } from './colleagues.ts';
import { createUntil, type Until } from './until.ts';

/** What `npm run sandbox` starts, Forge included, each part a process of its own, with the people in front of it. */
export type WholeSandbox = {
  colleagues: Colleagues;
  /** Forge's own record, read from outside. */
  store: Store;
  until: Until;
  /** Edits what the policy file says of production, as an operator does, and has the admin make Forge read it again. */
  sets(production: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
};

/** Never healthy: once it has started it goes on until somebody stops it. */
export const UNENDING = 'v1.2.1-hang';

/** So much of sandbox/forge.yml is quicker here, and its windows are open at any hour of the day. */
const PRODUCTION = {
  strategy: { canary: ['50% for 2s', '100% for 2s'] },
  evidence: 'smoke',
  windows: { zone: 'America/New_York', preferred: 'every day' },
};
const TIMING = {
  settle: '200ms',
  'metric period': '1s',
  'metric delay': '3s',
  'watch after return': '500ms',
  'message every': '500ms',
  // A busy machine must not make a good release look sick.
  'start within': '5m',
  'smoke within': '1m',
  silence: '1m',
};

type Options = {
  hasGithub?: boolean;
  /** Of the service `api`, instead of those in the policy file. */
  checks?: readonly { name: string; run: string; install?: string }[];
};

/** Without GitHub, unless it is asked for: nothing is checked, built or deployed by itself then. Nothing is left behind when that fails. */
export async function startWholeSandbox({ hasGithub = false, checks }: Options = {}): Promise<WholeSandbox> {
  const complaints: string[] = [];
  const sandbox = await launchSandbox({
    words: hasGithub ? [] : ['--no-github'],
    complain: (line) => complaints.push(line),
  });
  try {
    const { addresses, client } = sandbox;
    const database = openDatabase(join(dirname(addresses.config), 'forge.db'));
    const store = createStore(database, { clock });
    const until = createUntil(async () => [...complaints, await logTail(addresses.forge.log)].join('\n'));
    const colleagues = new Colleagues(client, { store, until });
    const file = addresses.config;
    await edit(file, ['timing'], TIMING);
    if (checks !== undefined) await edit(file, ['services', 'api'], { checks });
    const sets = async (production: Record<string, unknown>) => {
      await edit(file, ['environments', 'production'], production);
      const [first = ''] = Object.keys(production);
      const taken = new RegExp(`production: .*\`${first}\``, 'u');
      await colleagues.isTold('sam', taken, () => colleagues.types('sam', 'reload'));
    };
    await sets(PRODUCTION);
    return {
      ...{ colleagues, store, until, sets },
      async stop() {
        database.close();
        await sandbox.stop();
      },
    };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

async function edit(
  file: string,
  place: readonly string[],
  settings: Record<string, unknown>,
): Promise<void> {
  const document = parseDocument(await readFile(file, 'utf8'));
  for (const [name, value] of Object.entries(settings)) {
    document.setIn([...place, name], document.createNode(value));
  }
  await writeFile(file, document.toString());
}

async function logTail(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).split('\n').slice(-15).join('\n');
}
