import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { clock as realClock } from '../../src/clock.ts';
import type { RunnerPolicy } from '../../src/domain/policy.ts';
import type { CommandOutcome, CommandRequest } from '../../src/ports/command-runner.ts';
import { createCommandRunner, type IsolatedRunner } from '../../src/runner/create-command-runner.ts';
import type { Guarded } from '../../src/runner/guarded.ts';
import type { RunnerParts } from '../../src/runner/workshop.ts';

export const BUBBLEWRAP: RunnerPolicy = { isolation: 'bubblewrap', network: 'none', atOnce: 2 };
/** Users every Debian has for what nobody uses any more; one for each file of tests, which run side by side. */
export function asOther(user: 'games' | 'news' | 'uucp' | 'irc'): RunnerPolicy {
  return { isolation: 'user', user, network: 'open', atOnce: 2 };
}
export const NONE: RunnerPolicy = { isolation: 'none', network: 'open', atOnce: 2 };

/** Why this machine cannot run what a policy asks for; undefined where it can. */
export function cannot({ isolation }: RunnerPolicy): string | undefined {
  if (isolation === 'none') return undefined;
  if (isolation === 'user') return process.getuid?.() === 0 ? undefined : 'only root becomes another user';
  const tried = spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', 'true'], { encoding: 'utf8' });
  if (tried.error !== undefined) return 'bubblewrap is not installed';
  return tried.status === 0 ? undefined : `the kernel refuses namespaces: ${tried.stderr.trim()}`;
}

/** The name of a group of tests, with the reason where they are skipped. */
export function named(name: string, policy: RunnerPolicy): string {
  const reason = cannot(policy);
  return reason === undefined ? name : `${name} (skipped: ${reason})`;
}

export type Workbench = {
  /** Everybody may look into it, as into most folders of a machine. */
  folder: string;
  runner: IsolatedRunner;
  /** Commits files on top of the last commit. */
  commit(files: Record<string, string>): string;
  /** Runs a command in the last commit, or the one given. */
  run(command: string, request?: Partial<CommandRequest> & { signal?: AbortSignal }): Promise<CommandOutcome>;
  git(...args: string[]): string;
  end(): Promise<void>;
};

/** A real repository, and a runner that fetches from it. */
export function createWorkbench(
  policy: RunnerPolicy,
  {
    plant = () => [],
    ...parts
  }: Partial<RunnerParts> & { plant?: (folder: string) => readonly Guarded[] } = {},
): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  chmodSync(folder, 0o755);
  const source = join(folder, 'source');
  const git = (...args: string[]) => gitIn(source, args);
  mkdirSync(source);
  git('init', '--quiet', '--initial-branch=main');
  const runner = createCommandRunner({
    policy,
    codeHost: { gitAccess: async () => ({ url: `file://${source}` }) },
    folder: join(folder, 'runner'),
    clock: realClock,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    guarded: plant(folder),
    ...parts,
  });
  const commit = (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'A change');
    return git('rev-parse', 'HEAD');
  };
  commit({ 'package.json': '{ "name": "api" }\n' });
  return {
    folder,
    runner,
    commit,
    git,
    run: (command, { signal = new AbortController().signal, ...request } = {}) =>
      runner.run(
        {
          repository: 'acme/api',
          commit: git('rev-parse', 'HEAD'),
          command,
          within: 120_000,
          outputLimit: 20_000,
          ...request,
        },
        { signal },
      ),
    async end() {
      await runner.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function gitIn(folder: string, args: readonly string[]): string {
  const who = ['-c', 'user.name=Sam', '-c', 'user.email=sam@acme.example', '-c', 'commit.gpgsign=false'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...who, ...args], { cwd: folder, env, encoding: 'utf8' }).trim();
}

/** What it printed, whatever came of it. */
export function printed(outcome: CommandOutcome): string {
  return 'output' in outcome ? outcome.output.text : outcome.reason;
}

/** Processes of this machine, in whatever namespace, that sleep for a time that begins with these digits. */
export function sleepers(digits = '9876'): number[] {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  return numbers.filter((pid) => isSleeping(pid, digits)).map(Number);
}

function isSleeping(pid: string, digits: string): boolean {
  try {
    const [program, seconds] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return program === 'sleep' && seconds?.startsWith(digits) === true;
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
