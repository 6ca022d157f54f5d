import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { type ActionsWorld, logOf, startActions } from './actions-world.ts';

describe('the runner of workflows', () => {
  let world: ActionsWorld;
  beforeAll(() => {
    world = startActions();
  });
  afterAll(() => world.close());

  it('gives steps nothing of its own environment', async () => {
    process.env.SECRET_OF_THE_SANDBOX = 'planted';
    const run = world.aRun({ ref: 'main' });

    world.runner.start(run, workflow('env'));
    await world.ended(run);

    expect(logOf(run)).toContain('GITHUB_REPOSITORY=acme/api');
    expect(logOf(run)).not.toContain('planted');
  });

  it('ends what a cancelled run has started', async () => {
    const run = world.aRun({ ref: 'main' });
    world.runner.start(run, workflow('echo "pid $$"; trap "" TERM; sleep 600'));
    await eventually(() => /^pid \d+$/m.test(logOf(run)));

    world.runner.cancel(run.id);
    await world.ended(run);

    expect(run).toMatchObject({ conclusion: 'cancelled', jobs: [{ conclusion: 'cancelled' }] });
    await eventually(() => !isAlive(pidIn(logOf(run))));
  });

  it('ends what a step leaves behind', async () => {
    const run = world.aRun({ ref: 'main' });

    world.runner.start(run, workflow('sleep 600 & echo "pid $!"'));
    await world.ended(run);

    expect(run.conclusion).toBe('success');
    await eventually(() => !isAlive(pidIn(logOf(run))));
  });

  it('leaves nothing behind when its process is killed', async () => {
    const script = fileURLToPath(new URL('./sleeping-run.ts', import.meta.url));
    const folder = mkdtempSync(join(tmpdir(), 'killed-'));
    const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const pid = pidIn(String(line));

    child.kill('SIGKILL');

    await eventually(() => !isAlive(pid));
    rmSync(folder, { recursive: true });
  });

  it('lets runs of one group go one after the other', async () => {
    const text = workflow('sleep 0.2', { concurrency: 'one' });
    const [first, second] = [world.aRun({ ref: 'main' }), world.aRun({ ref: 'main' })];

    world.runner.start(first, text);
    world.runner.start(second, text);
    await Promise.all([world.ended(first), world.ended(second)]);

    expect([first.conclusion, second.conclusion]).toEqual(['success', 'success']);
    expect(second.jobs[0]?.startedAt).toBeGreaterThanOrEqual(first.completedAt ?? Number.POSITIVE_INFINITY);
  });

  it('keeps only the newest of those that wait in a group', async () => {
    const text = workflow('sleep 0.2', { concurrency: 'other' });
    const runs = ['first', 'second', 'third'].map(() => world.aRun({ ref: 'main' }));

    for (const run of runs) world.runner.start(run, text);
    await Promise.all(runs.map(world.ended));

    expect(runs.map(({ conclusion }) => conclusion)).toEqual(['success', 'cancelled', 'success']);
  });

  it('ends a run at once that is cancelled while it waits for another of its group', async () => {
    const text = workflow('echo "pid $$"; sleep 600', { concurrency: 'a long one' });
    const [first, second] = [world.aRun({ ref: 'main' }), world.aRun({ ref: 'main' })];
    world.runner.start(first, text);
    world.runner.start(second, text);
    await eventually(() => /^pid \d+$/m.test(logOf(first)));

    world.runner.cancel(second.id);
    await world.ended(second);

    expect(second).toMatchObject({ conclusion: 'cancelled', jobs: [{ conclusion: 'cancelled', log: [] }] });
    expect(first.status).toBe('in_progress');
    world.runner.cancel(first.id);
    await world.ended(first);
  });

  it('ends a run at once that is cancelled while its jobs wait for a place', async () => {
    const [first, second] = [world.aRun({ ref: 'main' }), world.aRun({ ref: 'main' })];
    const long = { steps: [{ run: 'echo "pid $$"; sleep 600' }] };
    world.runner.start(first, jobs([long, long, long]));
    world.runner.start(second, workflow('true'));
    await eventually(() => first.jobs.every(({ log }) => log.some(({ text }) => text.startsWith('pid '))));

    world.runner.cancel(second.id);
    await world.ended(second);

    expect(second).toMatchObject({ conclusion: 'cancelled', jobs: [{ conclusion: 'cancelled', log: [] }] });
    expect(first.status).toBe('in_progress');
    world.runner.cancel(first.id);
    await world.ended(first);
  });

  it('hands a folder of one job on to another, without what is hidden, and keeps nothing of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
    const own = startActions(folder);
    const run = own.aRun({ ref: 'main' });

    own.runner.start(
      run,
      jobs([
        {
          steps: [{ run: 'mkdir -p out/deep; echo 1 > out/deep/one; echo 2 > out/.hidden' }, upload('out')],
        },
        { needs: 'job0', steps: [download('out', 'in'), { run: 'ls -A in in/deep' }] },
      ]),
    );
    await own.ended(run);

    expect(run.conclusion, logOf(run)).toBe('success');
    const listed = run.jobs[1]?.log.map(({ text }) => text).slice(-5);
    expect(listed).toEqual(['in:', 'deep', '', 'in/deep:', 'one']);
    expect(readdirSync(join(folder, 'jobs'))).toEqual([]);
    await own.close();
  });

  it.each([
    ['one that nobody has uploaded', [download('none', 'in')], 'Artifact not found for name: none'],
    ['a folder that is not there', [upload('none')], 'No files were found with the provided path: none'],
    ['a name that leads elsewhere', [download('../x', 'in')], 'The artifact name is not valid: ../x'],
    [
      'a second one of a name',
      [{ run: 'mkdir out; echo 1 > out/one' }, upload('out'), upload('out')],
      'an artifact with this name already exists',
    ],
  ])('refuses as an artifact %s', async (_, steps, words) => {
    const run = world.aRun({ ref: 'main' });

    world.runner.start(run, jobs([{ steps }]));
    await world.ended(run);

    expect(run.conclusion).toBe('failure');
    expect(logOf(run)).toContain(words);
  });

  it.each([
    ['an action', 'jobs: { one: { runs-on: x, steps: [{ uses: evil/action@v1 }] } }', 'evil/action@v1'],
    ['a key', 'jobs: { one: { runs-on: x, container: y, steps: [{ run: "true" }] } }', 'container'],
    [
      'an expression',
      `jobs: { one: { runs-on: x, steps: [{ run: "$\{{ hashFiles(1) }}" }] } }`,
      'hashFiles(1)',
    ],
    ['a job that is needed', 'jobs: { one: { runs-on: x, needs: two, steps: [{ run: "true" }] } }', 'two'],
    ['YAML', 'jobs: [', 'sequence'],
  ])('fails a run where it does not know %s', async (_, text, word) => {
    const run = world.aRun({ ref: 'main' });

    world.runner.start(run, `on: push\n${text}`);
    await world.ended(run);

    expect(run.conclusion).toBe('failure');
    expect(logOf(run)).toContain(word);
  });

  it('ends everything when it is stopped', async () => {
    const stopped = startActions();
    const run = stopped.aRun({ ref: 'main' });
    stopped.runner.start(run, workflow('echo "pid $$"; sleep 600'));
    await eventually(() => /^pid \d+$/m.test(logOf(run)));

    await stopped.close();

    expect(run).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(isAlive(pidIn(logOf(run)))).toBe(false);
  });
});

/** YAML holds JSON. */
function workflow(script: string, more: object = {}): string {
  return jobs([{ steps: [{ run: script }] }], more);
}

/** `job0`, `job1` … */
function jobs(all: readonly { needs?: string; steps: readonly object[] }[], more: object = {}): string {
  const named = all.map((job, index) => [`job${index}`, { 'runs-on': 'any', ...job }]);
  return JSON.stringify({ ...more, on: 'push', jobs: Object.fromEntries(named) });
}

function upload(path: string) {
  return { uses: 'actions/upload-artifact@v7', with: { name: path, path, 'if-no-files-found': 'error' } };
}

function download(name: string, path: string) {
  return { uses: 'actions/download-artifact@v8', with: { name, path } };
}

function pidIn(log: string): number {
  return Number(/^pid (\d+)$/m.exec(log)?.[1]);
}

/** A process that has ended and that nobody has asked about yet is a zombie. */
function isAlive(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/^\d+ \(.*\) Z/.test(readFileSync(file, 'utf8'));
}
