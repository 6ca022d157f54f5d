import { existsSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { connectWithin } from './connect-within.ts';
import { closingAbove } from './descriptors.ts';
import { environmentInside, type Seen } from './environment-inside.ts';
import { handTo } from './hand-to.ts';
import { networkInside } from './inside-network.ts';
import type { Box, Inside, Isolation } from './isolation.ts';
import { atMostTasks, MOST_TASKS, namedFirst } from './limits.ts';
import { openNetwork } from './network.ts';
import { countTasksOf, isRunning, processFacts, signal, untilGone } from './processes.ts';
import { within } from './reach.ts';
import type { Launch } from './run-process.ts';
import { becoming, isRoot, ownUser, type RunnerUser } from './runner-user.ts';
import { systemCallFilter } from './system-calls.ts';
import { walls } from './walls.ts';

const SEEN: Seen = { work: '/work', home: '/home/runner', tmp: '/tmp' };
const KEPT = '/kept';
const NODE = '/opt/node/bin';
const NPM = '/opt/node/lib/node_modules/npm';
const MADE_UP = ['passwd', 'group', 'hosts', 'nsswitch.conf'];

/** Among the shared files: which system calls there are. */
const FILTER = 'system-calls';

/** Puts it where `launch` finds it. */
export async function shareFilter(shared: string): Promise<void> {
  const filter = systemCallFilter();
  if (filter !== undefined) await writeFile(join(shared, FILTER), filter, { mode: 0o644 });
}

export type BubblewrapOptions = {
  user: RunnerUser;
  atOnce: number;
  /** Folder of Forge's with what every command finds under /run/forge. */
  shared: string;
  /** Folder of Forge's with the sockets of networks. */
  network: string;
  /** What commands that have a network may speak to. */
  reach: readonly string[];
  /** Files and folders that are never seen, also where they lie among the machine's programs. */
  hidden: readonly string[];
};

/**
 * Namespaces of their own: a command sees the machine's programs, its checkout, and nothing else; it has no network but what Forge
 * passes on. Source: bwrap(1).
 */
export function createBubblewrap(options: BubblewrapOptions): Isolation {
  const { user } = options;
  const connect = connectWithin(within(options.reach));
  return {
    // Counted anew in each namespace.
    tasks: () => MOST_TASKS,
    seen: () => SEEN,
    seenKept: () => KEPT,
    launch: (box, inside) => launch(box, inside, options),
    openNetwork: (box) => openNetwork({ folder: networkOf(box, options), user, connect }),
    hand: (folders) => handTo(user, folders),
    asTheirs: isRoot ? [] : becoming(user),
    // They end with the Forge that began them.
    endLeftovers: async () => undefined,
  };
}

function launch(box: Box, inside: Inside, options: BubblewrapOptions): Launch {
  const { user, atOnce, shared } = options;
  const handed = folders(box, inside, options);
  const filter = systemCallFilter() === undefined ? [] : [join(shared, FILTER)];
  const others = user.uid === ownUser().uid ? countTasksOf(user.uid) : 0;
  return {
    argv: [
      ...closingAbove(3 + handed.length + filter.length),
      ...namedFirst(),
      ...becoming(user),
      ...atMostTasks(others + (MOST_TASKS + 16) * atOnce),
      'bwrap',
      ...walls(options.hidden),
      ...handed.flatMap(({ mode, at }, index) => [mode, `${4 + index}`, at]),
      ...filter.flatMap(() => ['--seccomp', `${4 + handed.length}`]),
      ...MADE_UP.flatMap((name) => ['--symlink', `/run/forge/${name}`, `/etc/${name}`]),
      ...nodeLinks(handed),
      ...environment(inside),
      ...['--remount-ro', '/', '--chdir', SEEN.work, '--json-status-fd', '3', '--'],
      ...(inside.network ? networkInside(NODE) : []),
      ...inside.argv,
    ],
    env: { PATH: process.env.PATH ?? '' },
    handed: [...handed.map(({ from }) => from), ...filter],
    tellsStatus: true,
    endAll,
    ...(inside.input === undefined ? {} : { input: inside.input }),
  };
}

/** One for each box: nothing that one command does is another's. */
function networkOf({ folder }: Box, { network }: Pick<BubblewrapOptions, 'network'>): string {
  return join(network, basename(folder));
}

type Handed = { mode: '--bind-fd' | '--ro-bind-fd'; from: string; at: string };

/** Handed over opened: whoever commands run as need not reach the folders they lie in. */
function folders(box: Box, inside: Inside, options: BubblewrapOptions): Handed[] {
  const own = [
    { name: 'work', at: SEEN.work },
    { name: 'home', at: SEEN.home },
    { name: 'tmp', at: SEEN.tmp },
  ];
  return [
    ...own.map(({ name, at }): Handed => ({ mode: '--bind-fd', from: join(box.folder, name), at })),
    readOnly(options.shared, '/run/forge'),
    ...nodeFiles(),
    ...(inside.network ? [readOnly(networkOf(box, options), '/run/network')] : []),
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
