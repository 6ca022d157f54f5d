import { readFileSync } from 'node:fs';

/** Processes and threads of one command. */
export const MOST_TASKS = 1024;
const GIGABYTE = 2 ** 30;
/** Bytes of one file, and of memory one process may write to. What all of them together take, the kernel ends first for. */
const MOST = { fsize: 8 * GIGABYTE, data: 8 * GIGABYTE };

/** Said first: when memory runs out, the kernel ends these before anything else of the machine. */
const FIRST_TO_GO = 'echo 1000 2>/dev/null >/proc/self/oom_score_adj';

/** How much less of the processors they get than Forge where both want them: people wait for its answers. Source: nice(1). */
const NICENESS = '10';

/**
 * The part of a command line that names what follows as the first to go when memory runs out. Where root says so nobody else takes it
 * back, and a command could, to have Forge ended in its place. Source: proc_pid_oom_score_adj(5).
 */
export function namedFirst(): string[] {
  return process.platform === 'linux' ? ['/bin/sh', '-c', `${FIRST_TO_GO}; exec "$@"`, 'sh'] : [];
}

/**
 * The command line that runs a shell's command under limits of its own (prlimit(1), getrlimit(2)). `tasks`: how many processes
 * and threads its user may have; absent: as many as before.
 */
export function limited(command: string, { tasks }: { tasks?: number } = {}): string[] {
  const inShell = ['/bin/sh', '-c', `${FIRST_TO_GO}; exec 2>&1; exec /bin/sh -c "$1"`, 'sh', command];
  return process.platform === 'linux' ? ['nice', '-n', NICENESS, ...limits({ tasks }), ...inShell] : inShell;
}

/** The part of a command line of Forge's own programs that deal with foreign things. `memory`: bytes one may write to. */
export function firstToGo(memory: number): string[] {
  const data = atMost(memory, 'Max data size');
  const limits = ['prlimit', '--core=0:0', `--data=${data}:${data}`, '--'];
  return [...limits, ...namedFirst()];
}

/** The part of a command line that sets the number of tasks only: for what is around a command. */
export function atMostTasks(tasks: number): string[] {
  const most = atMost(tasks, 'Max processes');
  return ['prlimit', `--nproc=${most}:${most}`, '--'];
}

function limits({ tasks }: { tasks: number | undefined }): string[] {
  const size = atMost(MOST.fsize, 'Max file size');
  const data = atMost(MOST.data, 'Max data size');
  const processes = tasks === undefined ? [] : [`--nproc=${tasks}:${tasks}`];
  return ['prlimit', '--core=0:0', `--fsize=${size}:${size}`, `--data=${data}:${data}`, ...processes, '--'];
}

/** Nobody but root may raise a limit again. Source: proc_pid_limits(5). */
function atMost(wanted: number, name: string): number {
  const line = readFileSync('/proc/self/limits', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(name));
  const hard = line?.slice(name.length).trim().split(/\s+/u)[1];
  return hard === undefined || hard === 'unlimited' ? wanted : Math.min(wanted, Number(hard));
}
