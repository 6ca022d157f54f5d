import { createHash } from 'node:crypto';
import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { userInfo } from 'node:os';

/**
 * Runs inside an isolation and tries what the code of a branch might. Told what to try as JSON in its first argument; prints what it
 * could do as JSON, the last line. It is given over standard input and imports nothing of Forge's.
 */
type Task = {
  forge: { pid: number; began: string; environment: string };
  paths: { path: string; device: number; inode: number }[];
  sockets: string[];
  addresses: { host: string; port: number }[];
};

const CONNECT_WITHIN = 2_000;

const { forge, paths, sockets, addresses }: Task = JSON.parse(process.argv[2] ?? '{}');

const answers = await Promise.all([
  ...addresses.map(async ({ host, port }) => ((await canReach(host, port)) ? [`reach ${host}:${port}`] : [])),
  ...sockets.map(async (path) => ((await opens({ path })) ? [`reach ${path}`] : [])),
]);
const could = [
  ...(readsEnvironment() ? ['read environment'] : []),
  ...(signalsForge() ? ['signal'] : []),
  ...paths.flatMap(triedPath),
  ...(keepsFiles() ? ['keep files'] : []),
  ...answers.flat(),
];
console.log(JSON.stringify(could));

/** Whatever number it has in here. */
function readsEnvironment(): boolean {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  return numbers.some((pid) => {
    const environment = attempt(() => readFileSync(`/proc/${pid}/environ`));
    return (
      environment !== undefined &&
      createHash('sha256').update(environment).digest('hex') === forge.environment
    );
  });
}

function signalsForge(): boolean {
  const stat = attempt(() => readFileSync(`/proc/${forge.pid}/stat`, 'utf8'));
  if (stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] !== forge.began) return false;
  return attempt(() => process.kill(forge.pid, 0)) === true;
}

/** Only where it is the very same file: a path may mean another one in here. */
function triedPath({ path, device, inode }: Task['paths'][number]): string[] {
  const facts = attempt(() => statSync(path));
  if (facts === undefined || facts.dev !== device || facts.ino !== inode) return [];
  if (isWritable(path)) return [`change ${path}`];
  const isRead = attempt(() => (facts.isDirectory() ? readdirSync(path) : readFileSync(path)).length >= 0);
  return isRead === true ? [`read ${path}`] : [];
}

/** In the home that the machine knows, which outlives a check. */
function keepsFiles(): boolean {
  const home = attempt(() => userInfo().homedir);
  if (home === undefined || home === process.env.HOME) return false;
  return isWritable(home);
}

function isWritable(path: string): boolean {
  const tried = attempt(() => {
    accessSync(path, constants.W_OK);
    return true;
  });
  return tried === true;
}

async function canReach(host: string, port: number): Promise<boolean> {
  const [direct, byProxy] = await Promise.all([opens({ host, port }), answersByProxy(host, port)]);
  return direct || byProxy;
}

function opens(address: { host: string; port: number } | { path: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(CONNECT_WITHIN, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function answersByProxy(host: string, port: number): Promise<boolean> {
  const proxy = process.env.HTTP_PROXY;
  if (proxy === undefined) return Promise.resolve(false);
  const { hostname, port: at } = new URL(proxy);
  const name = host.includes(':') ? `[${host}]` : host;
  return new Promise((resolve) => {
    const asked = get({
      host: hostname,
      port: Number(at),
      path: `http://${name}:${port}/`,
      headers: { host: name },
    });
    asked.setTimeout(CONNECT_WITHIN, () => asked.destroy(new Error('no answer')));
    asked.once('error', () => resolve(false));
    asked.once('response', (response) => {
      response.resume();
      resolve(!`${response.headers['proxy-status']}`.startsWith('forge; error='));
    });
  });
}

function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
