import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';

type GitOptions = {
  input?: string | Buffer;
  /** Exit codes that are answers; 0 unless told. */
  codes?: readonly number[];
  environment?: Record<string, string>;
};

type GitResult = { code: number; output: string; bytes: Buffer };

/** Git on one bare repository. Throws with what git said when it ends with a code that is no answer. */
export type Git = {
  readonly directory: string;
  run(words: readonly string[], options?: GitOptions): Promise<GitResult>;
};

/** Nobody's own settings reach it; whoever commits without saying who is the sandbox. */
export function gitEnvironment(home: string): Record<string, string> {
  const who = { NAME: 'Sandbox', EMAIL: 'sandbox@acme.example' };
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: join(home, 'no-gitconfig'),
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
  };
}

export function gitIn(directory: string, home: string): Git {
  return { directory, run: (words, options) => runGit(words, { cwd: directory, home, ...options }) };
}

/** What is wrong with git on this machine, in a sentence; undefined when it will do. */
export async function gitProblem(home: string): Promise<string | undefined> {
  const output = await runGit(['version'], { cwd: home, home }).then(
    (result) => result.output,
    () => undefined,
  );
  if (output === undefined) return 'Git is not installed: the sandbox starts without GitHub.';
  const [, major, minor] = /(\d+)\.(\d+)/.exec(output) ?? [];
  // 2.38 is the first that merges without a checkout.
  if (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 38)) return undefined;
  return `${output.trim()} is older than 2.38, which merging needs: the sandbox starts without GitHub.`;
}

/** An empty bare repository. */
export async function createRepository(
  directory: string,
  { home, defaultBranch }: { home: string; defaultBranch: string },
): Promise<Git> {
  await mkdir(directory, { recursive: true });
  await runGit(['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, directory], {
    cwd: home,
    home,
  });
  return gitIn(directory, home);
}

async function runGit(
  words: readonly string[],
  options: GitOptions & { cwd: string; home: string },
): Promise<GitResult> {
  const { cwd, home, input, codes = [0], environment } = options;
  const child = spawn('git', words, { cwd, env: { ...gitEnvironment(home), ...environment } });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === null) reject(new Error(`git ${words[0]} was ended by ${signal}`));
      else resolve(code);
    });
  });
  // A git that ends before it has read everything closes its end; its code says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code, bytes, complaint] = await Promise.all([ended, buffer(child.stdout), text(child.stderr)]);
  if (codes.includes(code)) return { code, bytes, output: bytes.toString('utf8') };
  throw new Error(`git ${words.join(' ')} ended with ${code}: ${complaint.trim()}`);
}
