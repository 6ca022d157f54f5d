import { mkdir } from 'node:fs/promises';
import type { Clock } from '../ports/clock.ts';
import { firstToGo } from './limits.ts';
import { signal as send } from './processes.ts';
import { untilFull } from './room.ts';
import { type Ended, runProcess } from './run-process.ts';

/** Bytes of what git says. */
const OUTPUT_LIMIT = 8192;
/** Bytes of memory it may write to. */
const MOST_MEMORY = 4 * 2 ** 30;
/** Of Forge's environment git is given only how this machine reaches the internet. */
const PASSED_ON = /^(?:PATH|(?:https?|all|no)_proxy|SSL_CERT_(?:FILE|DIR)|GIT_SSL_CAINFO)$/iu;

export type GitCall = {
  args: readonly string[];
  /** Settings for this call only. They are in its environment, never on its command line or on disk: they may be secrets. */
  settings?: Readonly<Record<string, string>>;
  /** The one protocol it may speak. Absent: none. */
  protocol?: string;
  /** Files for what it reads and prints. */
  input?: string;
  into?: string;
  /** Milliseconds. */
  within: number;
  /** A folder on whose disk it writes: it is ended when that is full. */
  fills?: string;
  signal: AbortSignal;
  clock: Clock;
};

/**
 * Runs git as Forge, in repositories that Forge made. Nothing that comes from a repository runs: no hooks, no filters, no monitor
 * of files, no submodules, no credential helpers, no settings of the machine. Never in a checkout.
 */
export async function runGit(call: GitCall): Promise<Ended> {
  return await runProcess(
    {
      argv: [...endingWithForge(), 'git', ...call.args],
      env: { ...passedOn(), ...FIXED, ...settingsOf(call) },
      endAll: async (pid) => send(-pid, 'SIGKILL'),
      ...(call.input === undefined ? {} : { input: call.input }),
      ...(call.into === undefined ? {} : { into: call.into }),
    },
    {
      ...{ within: call.within, outputLimit: OUTPUT_LIMIT, signal: call.signal, clock: call.clock },
      ...(call.fills === undefined ? {} : { untilStop: whileRoom(call.fills, call.clock) }),
    },
  );
}

function whileRoom(folder: string, clock: Clock): (signal: AbortSignal) => Promise<string> {
  return (signal) => untilFull(folder, clock, signal);
}

const FIXED = {
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '/bin/false',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
} as const;

const SETTINGS = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'credential.helper': '',
  'fetch.recurseSubmodules': 'false',
  'gc.auto': '0',
  // What is large is passed on piece by piece, however large: a branch may hold what would fill the memory.
  'core.bigFileThreshold': '16m',
  'transfer.unpackLimit': '1',
  'maintenance.auto': 'false',
  // A header with a secret would go along.
  'http.followRedirects': 'false',
  'http.lowSpeedLimit': '1',
  'http.lowSpeedTime': '60',
  'protocol.allow': 'never',
} as const;

/** Source: git-config(1), GIT_CONFIG_COUNT. */
function settingsOf({ settings = {}, protocol }: GitCall): Record<string, string> {
  const one = protocol === undefined ? {} : { [`protocol.${protocol}.allow`]: 'always' };
  const all = Object.entries({ ...SETTINGS, ...one, ...settings });
  const pairs = all.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: `${all.length}` };
}

function passedOn(): Record<string, string> {
  const wanted = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  return Object.fromEntries(wanted.map(([name, value]) => [name, value ?? '']));
}

/** The part of a command line after which a program is killed when Forge is, and before it when memory runs out. */
function endingWithForge(): string[] {
  if (process.platform !== 'linux') return [];
  return ['setpriv', '--pdeathsig', 'KILL', '--', ...firstToGo(MOST_MEMORY)];
}

/** Makes an empty repository without hooks. */
export async function makeMirror(folder: string, options: Pick<GitCall, 'signal' | 'clock'>): Promise<Ended> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return await runGit({
    ...options,
    args: ['init', '--quiet', '--bare', '--template=', folder],
    within: 30_000,
  });
}
