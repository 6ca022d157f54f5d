import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Guard, withoutGuard } from './guard.ts';
import { Report, type Verdict, verdictOf } from './verdict.ts';

/** Where these come from is not what is tested, and is large. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git', '.sandbox', 'coverage']);
/** Tests that go on for longer do not come to an end; for the start of a run, and for each file. Milliseconds. */
const LONGEST = { start: 180_000, file: 60_000 };
/** A machine that has other work is slow; only a test that waits for ever must not be waited for. Milliseconds. */
const PATIENCE = '120000';

/** A copy of the project in which one guard at a time is taken away. */
export type Workshop = {
  /** Which of these test files fail as the project is; all of them where they do not come to an end. */
  failing(files: readonly string[]): Promise<string[]>;
  /** Runs a guard's tests without it, and puts it back. */
  try(guard: Guard): Promise<Verdict>;
};

/** Copies the project from `root` to `folder`. The packages are linked one by one, so that caches stay in the copy. */
export async function createWorkshop(root: string, folder: string): Promise<Workshop> {
  const isWanted = (path: string) => !LEFT_OUT.has(relative(root, path).split('/')[0] ?? '');
  await cp(root, folder, { recursive: true, filter: isWanted });
  const packages = join(folder, 'node_modules');
  await mkdir(packages);
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (!name.startsWith('.vite')) await symlink(join(root, 'node_modules', name), join(packages, name));
  }
  return {
    async failing(files) {
      const report = await runTests(files, { folder, bail: 0 });
      if (report === undefined) return [...files];
      const failed = report.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
      return files.filter((file) => failed.includes(join(folder, file)));
    },
    async try(guard) {
      const path = join(folder, guard.file);
      const content = await readFile(path, 'utf8');
      let mutant: string;
      try {
        mutant = withoutGuard(guard, content);
      } catch (error) {
        return { kind: 'does not apply', why: error instanceof Error ? error.message : String(error) };
      }
      try {
        await writeFile(path, mutant);
        return verdictOf(await runTests(guard.tests, { folder, bail: 1 }));
      } finally {
        await writeFile(path, content);
      }
    },
  };
}

/** Ends after `bail` tests that fail; 0: after all. Undefined: they did not come to an end. */
async function runTests(
  files: readonly string[],
  { folder, bail }: { folder: string; bail: number },
): Promise<Report | undefined> {
  const output = join(folder, 'report.json');
  await rm(output, { force: true });
  const vitest = join(folder, 'node_modules', 'vitest', 'vitest.mjs');
  const patience = [`--testTimeout=${PATIENCE}`, `--hookTimeout=${PATIENCE}`];
  const words = ['run', `--bail=${bail}`, ...patience, '--reporter=json', `--outputFile=${output}`, ...files];
  const child = spawn(process.execPath, [vitest, ...words], { cwd: folder, stdio: 'ignore' });
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('exit', resolve);
  const tooLong = setTimeout(() => child.kill('SIGKILL'), LONGEST.start + files.length * LONGEST.file);
  try {
    if ((await ended) === null) return undefined;
  } finally {
    clearTimeout(tooLong);
  }
  return Report.parse(JSON.parse(await readFile(output, 'utf8')));
}
