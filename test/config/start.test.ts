import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const start = fileURLToPath(new URL('../../src/start.mjs', import.meta.url));

describe('starting Forge', () => {
  it('runs it in the same process on a Node that is new enough', async () => {
    const folder = project({ main: "console.log('running', process.pid);" });

    const { child, ended } = run(folder, { isOld: false });
    const { output, code } = await ended;

    expect(output).toBe(`running ${child.pid}\n`);
    expect(code).toBe(0);
  });

  it('hands over to the installed Node on an old one, with arguments and exit code', async () => {
    const folder = project({
      main: 'console.log(...process.argv.slice(2)); process.exit(7);',
      hasNode: true,
    });

    const { output, code } = await run(folder, { isOld: true, arguments: ['--check', 'two words'] }).ended;

    expect(output).toBe('--check two words\n');
    expect(code).toBe(7);
  });

  it('does not repeat what Node says of experiments', async () => {
    const main = "process.emitWarning('This is an experiment', 'ExperimentalWarning');";

    const { errors } = await run(project({ main, hasNode: true }), { isOld: true }).ended;

    expect(errors).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('passes %s on and waits for the end', async (signal) => {
    const main =
      "process.on('SIGTERM', () => process.exit(3)); process.on('SIGINT', () => process.exit(3)); setInterval(() => {}, 1000); console.log('ready');";
    const { child, ended } = run(project({ main, hasNode: true }), { isOld: true });
    await heard(child, 'ready');

    child.kill(signal);

    expect((await ended).code).toBe(3);
  });

  it('ends as a killed process does when it was killed', async () => {
    const folder = project({ main: "process.kill(process.pid, 'SIGKILL');", hasNode: true });

    expect((await run(folder, { isOld: true }).ended).code).toBe(137);
  });

  it('says in one line what is missing when every Node is too old', async () => {
    const { output, errors, code } = await run(project({ main: '' }), { isOld: true }).ended;

    expect(code).toBe(1);
    expect(output).toBe('');
    expect(errors).toMatch(/^Forge needs Node 24 or newer, and this is v18\.0\.0\. .+\n$/);
  });
});

/** A folder with the real start file, a program in Forge's place, and perhaps a Node of its own. */
function project({ main, hasNode = false }: { main: string; hasNode?: boolean }): string {
  const folder = mkdtempSync(join(tmpdir(), 'forge-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  cpSync(start, join(folder, 'src/start.mjs'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'src/main.ts'), main);
  writeFileSync(join(folder, 'old.cjs'), "Object.defineProperty(process, 'version', { value: 'v18.0.0' });");
  if (hasNode) symlinkSync(process.execPath, join(folder, 'node_modules/.bin/node'));
  return folder;
}

function run(folder: string, options: { isOld: boolean; arguments?: string[] }) {
  const disguise = options.isOld ? ['--require', join(folder, 'old.cjs')] : [];
  const file = join(folder, 'src/start.mjs');
  const child = spawn(process.execPath, [...disguise, file, ...(options.arguments ?? [])]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, ended: endOf(child) };
}

async function endOf(child: ChildProcess): Promise<{ output: string; errors: string; code: number | null }> {
  let output = '';
  let errors = '';
  child.stdout?.on('data', (data) => {
    output += data;
  });
  child.stderr?.on('data', (data) => {
    errors += data;
  });
  await once(child, 'close');
  return { output, errors, code: child.exitCode };
}

async function heard(child: ChildProcess, word: string): Promise<void> {
  let said = '';
  while (!said.includes(word)) {
    if (child.stdout === null) throw new Error('The program has no output');
    const [data] = await once(child.stdout, 'data');
    said += data;
  }
}
