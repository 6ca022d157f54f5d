import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import type { RunnerPolicy } from '../domain/policy.ts';
import { METADATA } from './addresses.ts';
import { emptyBox, removeTheirs } from './boxes.ts';
import { type Guarded, guardedByDefault, POWERFUL_SOCKETS } from './guarded.ts';
import { withNetwork } from './in-box.ts';
import type { Box } from './isolation.ts';
import { processFacts, signal as send } from './processes.ts';
import { type Ended, type Launch, runProcess } from './run-process.ts';
import type { Workshop } from './workshop.ts';

/** Milliseconds. */
const WITHIN = 60_000;

type Question = {
  policy: RunnerPolicy;
  folder: string;
  guarded?: readonly Guarded[];
  signal: AbortSignal;
};
type Target = { host: string; port: number };

/**
 * Lets a probe try, as the code of a branch would, to read and change what is Forge's, to signal it, and to get credentials; once
 * as a command and once as an installation. Resolves with a sentence for each thing it could do.
 */
export async function proveIsolation(workshop: Workshop, question: Question): Promise<string[]> {
  if (question.policy.isolation === 'none') return [];
  const box = await emptyBox(join(workshop.folders.own, 'box-proof'), workshop.isolation);
  const local = await listenLocally();
  try {
    const could = new Set<string>();
    for (const network of [question.policy.network === 'open', true])
      for (const one of await probe(box, { network, local: local.port }, workshop, question)) could.add(one);
    return [...could];
  } finally {
    local.close();
    await removeTheirs(box.folder, workshop.isolation);
  }
}

async function probe(
  box: Box,
  { network, local }: { network: boolean; local: number },
  workshop: Workshop,
  question: Question,
): Promise<string[]> {
  const guarded = [...guardedByDefault(question.folder), ...(question.guarded ?? [])];
  const here: Target = { host: '127.0.0.1', port: local };
  const isNetworkTaken = !network || question.policy.isolation === 'bubblewrap';
  const addresses: Target[] = METADATA.map(({ host }) => ({ host, port: 80 }));
  const task = {
    forge: ownFacts(),
    paths: guarded.filter(({ path }) => existsSync(path)).map(identified),
    sockets: POWERFUL_SOCKETS,
    addresses: isNetworkTaken ? [...addresses, here] : addresses,
  };
  const ended = await runProbe(box, { network, task: JSON.stringify(task) }, workshop, question.signal);
  if (ended.kind !== 'exited' || ended.code !== 0) return [notTried(ended, question.policy)];
  const could = z.array(z.string()).parse(JSON.parse(ended.output.text.trim().split('\n').at(-1) ?? ''));
  return could.map((one) => sentence(one, { ...question, guarded, local }));
}

async function runProbe(
  box: Box,
  { network, task }: { network: boolean; task: string },
  { isolation, clock }: Workshop,
  signal: AbortSignal,
): Promise<Ended> {
  const input = join(import.meta.dirname, 'inside/probe.ts');
  const argv = ['node', '--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-', task];
  const launch = isolation.launch(box, { argv, network, input });
  // The probe leaves nothing; what else runs as that user may be another Forge's, which leads.
  const endAll: Launch['endAll'] =
    isolation.isByUser === true ? async (pid) => send(-pid, 'SIGKILL') : launch.endAll;
  return await withNetwork(box, { isolation, isWanted: network }, () =>
    runProcess({ ...launch, endAll }, { within: WITHIN, outputLimit: 64_000, signal, clock }),
  );
}

function ownFacts() {
  return {
    pid: process.pid,
    began: processFacts(process.pid)?.began ?? '',
    environment: createHash('sha256').update(readFileSync('/proc/self/environ')).digest('hex'),
  };
}

function identified({ path }: Guarded) {
  const { dev, ino } = statSync(path);
  return { path, device: dev, inode: ino };
}

/** Stands for everything that listens on this machine. */
async function listenLocally(): Promise<{ port: number; close(): void }> {
  const server = createServer((_request, answer) => answer.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port to listen on');
  return {
    port: address.port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Context = { guarded: readonly Guarded[]; local: number; policy: RunnerPolicy };

/** What the probe could do, and what helps. */
function sentence(could: string, { guarded, local, policy }: Context): string {
  const by = policy.isolation === 'user' ? ` as user ${policy.user}` : '';
  const [act = '', subject = ''] = could.split(/ (.*)/su);
  if (could === 'read environment')
    return `Checks could read Forge's environment, and with it every secret,${by}. Run Forge as another user than checks.`;
  if (could === 'signal') return `Checks could end Forge${by}. Run Forge as another user than checks.`;
  if (could === 'keep files')
    return `Checks could leave files for later checks in the home folder of ${policy.user}. Give it none: usermod --home /nonexistent ${policy.user}`;
  if (act === 'reach') return reachSentence(subject, { local, policy, by });
  const what = guarded.find(({ path }) => path === subject)?.what ?? 'the file';
  return `Checks could ${act} ${what} ${subject}${by}. Take it away from other users: chmod o-rwx ${subject}`;
}

function reachSentence(
  subject: string,
  { local, policy, by }: { local: number; policy: RunnerPolicy; by: string },
) {
  if (subject === `127.0.0.1:${local}`)
    return `The policy says that checks have no network, but they could reach this machine's own${by}. Isolation by user cannot take it away: write network: open beside runner:, or isolation: bubblewrap.`;
  if (subject.startsWith('/'))
    return `Checks could reach ${subject}${by}, which does what it is asked as root. Take the user out of its group.`;
  const host = subject.replace(/:\d+$/u, '');
  const what = METADATA.find((one) => one.host === host)?.what ?? 'the address';
  const tool = host.includes(':') ? 'ip6tables' : 'iptables';
  return `Checks could reach ${what} at ${host}${by}. Forbid it: ${tool} -I OUTPUT -m owner --uid-owner ${policy.user} -d ${host} -j REJECT`;
}

function notTried(ended: Ended, { isolation, user }: RunnerPolicy): string {
  const said = 'output' in ended ? ended.output.text : ended.reason;
  const words = said.trim().split('\n').slice(-2).join(' ').slice(0, 300) || ended.kind;
  if (isolation === 'bubblewrap')
    return `Checks cannot run in bubblewrap on this machine. It says: ${words} Bubblewrap needs user namespaces, which containers and some systems forbid: allow them, or run checks on GitHub.`;
  return `Checks cannot run as user ${user}: ${words} The user must be able to run ${process.execPath} and to reach the runner's folder.`;
}
