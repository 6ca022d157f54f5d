import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closingAbove } from './descriptors.ts';
import { authorityFiles, environmentInside, type Seen } from './environment-inside.ts';
import { handTo } from './hand-to.ts';
import { networkInside } from './inside-network.ts';
import type { Box, Inside, Isolation } from './isolation.ts';
import { atMostTasks, MOST_TASKS } from './limits.ts';
import { countTasksOf, isRunning, processFacts, signal, untilGone } from './processes.ts';
import type { Launch } from './run-process.ts';
import { becoming, isRoot, ownUser, type RunnerUser } from './runner-user.ts';

const SEEN: Seen = { work: '/work', home: '/home/runner', tmp: '/tmp' };
const KEPT = '/kept';
const NODE = '/opt/node/bin';
const NPM = '/opt/node/lib/node_modules/npm';
/** Of /etc only what programs cannot do without: no passwords, no keys, nothing of other services. */
const ETC = [
  ...['alternatives', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'localtime', 'mime.types', 'services'],
  ...[
    'protocols',
    'ssl/certs',
    'ssl/openssl.cnf',
    'ssl/cert.pem',
    // Not the folder around them, which holds private keys.
    'pki/tls/certs',
    'pki/tls/cert.pem',
    'pki/tls/openssl.cnf',
    'pki/ca-trust',
    'ca-certificates',
  ],
];
const MADE_UP = ['passwd', 'group', 'hosts', 'nsswitch.conf'];

export type BubblewrapOptions = {
  user: RunnerUser;
  atOnce: number;
  /** Folder of Forge's with what every command finds under /run/forge. */
  shared: string;
  /** Folder of Forge's with the socket of the network. */
  network: string;
  /** Files and folders that are never seen, also where they lie among the machine's programs. */
  hidden: readonly string[];
};

/**
 * Namespaces of their own: a command sees the machine's programs, its checkout, and nothing else; it has no network but what Forge
 * passes on. Source: bwrap(1).
 */
export function createBubblewrap(options: BubblewrapOptions): Isolation {
  const { user } = options;
  return {
    // Counted anew in each namespace.
    tasks: () => MOST_TASKS,
    seen: () => SEEN,
    seenKept: () => KEPT,
    launch: (box, inside) => launch(box, inside, options),
    hand: (folders) => handTo(user, folders),
    asTheirs: isRoot ? [] : becoming(user),
    // They end with the Forge that began them.
    endLeftovers: async () => undefined,
  };
}

function launch(box: Box, inside: Inside, options: BubblewrapOptions): Launch {
  const { user, atOnce } = options;
  const handed = folders(box, inside, options);
  const others = user.uid === ownUser().uid ? countTasksOf(user.uid) : 0;
  return {
    argv: [
      ...closingAbove(3 + handed.length),
      ...becoming(user),
      ...atMostTasks(others + (MOST_TASKS + 16) * atOnce),
      'bwrap',
      ...walls(options.hidden),
      ...handed.flatMap(({ mode, at }, index) => [mode, `${4 + index}`, at]),
      ...MADE_UP.flatMap((name) => ['--symlink', `/run/forge/${name}`, `/etc/${name}`]),
      ...nodeLinks(handed),
      ...environment(inside),
      ...['--remount-ro', '/', '--chdir', SEEN.work, '--json-status-fd', '3', '--'],
      ...(inside.network ? networkInside(NODE) : []),
      ...inside.argv,
    ],
    env: { PATH: process.env.PATH ?? '' },
    handed: handed.map(({ from }) => from),
    tellsStatus: true,
    endAll,
    ...(inside.input === undefined ? {} : { input: inside.input }),
  };
}

type Handed = { mode: '--bind-fd' | '--ro-bind-fd'; from: string; at: string };

/** Handed over opened: whoever commands run as need not reach the folders they lie in. */
function folders(box: Box, inside: Inside, { shared, network }: BubblewrapOptions): Handed[] {
  const own = [
    { name: 'work', at: SEEN.work },
    { name: 'home', at: SEEN.home },
    { name: 'tmp', at: SEEN.tmp },
  ];
  return [
    ...own.map(({ name, at }): Handed => ({ mode: '--bind-fd', from: join(box.folder, name), at })),
    readOnly(shared, '/run/forge'),
    ...nodeFiles(),
    ...(inside.network ? [readOnly(network, '/run/network')] : []),
    ...(inside.kept === undefined
      ? []
      : [{ mode: '--bind-fd', from: inside.kept, at: KEPT } satisfies Handed]),
  ];
}

function readOnly(from: string, at: string): Handed {
  return { mode: '--ro-bind-fd', from, at };
}

/** The Node that runs Forge, with its npm, wherever it is installed; never the folder around it, which may hold anything. */
function nodeFiles(): Handed[] {
  const binary = realpathSync(process.execPath);
  const npm = join(dirname(dirname(binary)), 'lib/node_modules/npm');
  const node = readOnly(binary, `${NODE}/node`);
  return existsSync(npm) ? [node, readOnly(npm, NPM)] : [node];
}

function nodeLinks(handed: readonly Handed[]): string[] {
  if (!handed.some(({ at }) => at === NPM)) return [];
  return ['npm', 'npx'].flatMap((name) => ['--symlink', `${NPM}/bin/${name}-cli.js`, `${NODE}/${name}`]);
}

function walls(hidden: readonly string[]): string[] {
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session'],
    ...['--cap-drop', 'ALL', '--hostname', 'runner', '--uid', '1000', '--gid', '1000', '--clearenv'],
    ...['--ro-bind', '/usr', '/usr'],
    ...['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'].flatMap(programs),
    ...ETC.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    ...[
      '--proc',
      '/proc',
      '--dev',
      '/dev',
      '--size',
      `${2 ** 28}`,
      '--tmpfs',
      '/dev/shm',
      '--remount-ro',
      '/dev',
    ],
    ...Object.values(authorityFiles()).flatMap((file) => ['--ro-bind-try', file, file]),
    ...amongPrograms(hidden).flatMap(hide),
  ];
}

/** A link into /usr on most machines, a folder on some. */
function programs(name: string): string[] {
  const path = `/${name}`;
  if (!existsSync(path)) return [];
  const real = realpathSync(path);
  return real === path ? ['--ro-bind', path, path] : ['--symlink', real.slice(1), path];
}

/** What lies in another one that is hidden is hidden with it. */
function amongPrograms(hidden: readonly string[]): string[] {
  const among = hidden.filter((path) => path.startsWith('/usr/'));
  return among.filter((path) => !among.some((other) => path.startsWith(`${other}/`)));
}

function hide(path: string): string[] {
  if (!existsSync(path)) return [];
  return statSync(path).isDirectory()
    ? ['--size', '4096', '--tmpfs', path, '--remount-ro', path]
    : ['--ro-bind', '/dev/null', path];
}

function environment(inside: Inside): string[] {
  const all = { ...environmentInside(SEEN, { node: NODE }), ...inside.env };
  return Object.entries(all).flatMap(([name, value]) => ['--setenv', name, value]);
}

/** With the first process of a namespace everything in it ends, before bwrap does. */
async function endAll(pid: number, status: () => string): Promise<void> {
  const first = Number(/"child-pid": (\d+)/u.exec(status())?.[1]);
  const facts = processFacts(first);
  // Else it has ended before, and the number may be another's by now.
  if (facts?.isFirstOfJail === true) {
    signal(first, 'SIGKILL');
    await untilGone('A command', () => isRunning(facts));
  }
  signal(-pid, 'SIGKILL');
}
