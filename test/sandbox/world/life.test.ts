import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Launched } from '../../../sandbox/launch.ts';
import { eventually, isAlive, launchWithStandIn, STAND_IN } from './with-sandbox.ts';

const START = fileURLToPath(new URL('../../../sandbox/start.mjs', import.meta.url));
const run = promisify(execFile);

/** The pids of every process the sandbox started, itself included. */
async function family(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-e', '-o', 'pid=,ppid=']);
  const parents = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [pid];
  for (const member of found) {
    for (const [child, parent] of parents) if (parent === member && child !== undefined) found.push(child);
  }
  return found;
}

function allGone(pids: readonly number[]) {
  return eventually(`the end of ${pids}`, () => (pids.some(isAlive) ? undefined : true), 4_000);
}

describe('a started sandbox', () => {
  let sandbox: Launched;
  const complaints: string[] = [];
  beforeAll(async () => {
    sandbox = await launchWithStandIn(complaints);
  });
  afterAll(() => sandbox.stop());

  /** The process of a Forge that is ready, and is not that one. */
  const forgeOtherThan = (pid?: number) =>
    eventually('another Forge', async () => {
      const { forge } = await sandbox.client.state();
      return forge.ready && forge.pid !== null && forge.pid !== pid ? forge.pid : undefined;
    });

  it('prints one line of JSON with its addresses when everything is ready', async () => {
    const { addresses } = sandbox;
    expect(addresses.page).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await fetch(addresses.page)).status).toBe(200);
    expect(isAlive(addresses.forge.pid)).toBe(true);
    expect((await sandbox.client.state()).forge.ready).toBe(true);
  });

  it('starts Forge again when it is killed', async () => {
    const { client } = sandbox;
    const pid = await forgeOtherThan();

    process.kill(pid, 'SIGKILL');
    await forgeOtherThan(pid);

    expect(complaints.join('\n')).toContain('Forge ended (SIGKILL)');
    const delivery = await client.command({ as: 'U0MAYA', channel: 'deploys', text: '/forge hello' });
    expect(delivery.acked).toBe(true);
  });

  it('starts Forge again when its guard is killed, and never has two of them', async () => {
    const pid = await forgeOtherThan();
    const { stdout } = await run('ps', ['-o', 'ppid=', '-p', String(pid)]);

    process.kill(Number(stdout), 'SIGKILL');
    await forgeOtherThan(pid);

    await allGone([pid]);
  });
});

describe('the end of the sandbox', () => {
  let sandbox: Launched | undefined;
  afterEach(async () => {
    await sandbox?.stop();
    sandbox = undefined;
  });

  it('by SIGTERM takes every process and its folder along', async () => {
    sandbox = await launchWithStandIn();
    const pids = await family(sandbox.addresses.pid);
    const folder = dirname(sandbox.addresses.config);

    await sandbox.stop();

    expect(pids.length).toBeGreaterThan(3);
    await allGone(pids);
    expect(existsSync(folder)).toBe(false);
    expect(sandbox.process.exitCode).toBe(0);
  });

  it('by a second Ctrl-C does not wait for anything', async () => {
    sandbox = await launchWithStandIn();
    const pids = await family(sandbox.addresses.pid);
    process.kill(sandbox.addresses.forge.pid, 'SIGSTOP');

    process.kill(sandbox.addresses.pid, 'SIGINT');
    await sleep(500);
    process.kill(sandbox.addresses.pid, 'SIGINT');
    await eventually('the end of the sandbox', () => sandbox?.process.exitCode ?? undefined, 1_000);

    expect(sandbox.process.exitCode).toBe(130);
    await allGone(pids);
  });

  it('by SIGTERM does not wait for ever for a Forge that hangs', async () => {
    sandbox = await launchWithStandIn();
    const pids = await family(sandbox.addresses.pid);
    process.kill(sandbox.addresses.forge.pid, 'SIGSTOP');

    process.kill(sandbox.addresses.pid, 'SIGTERM');

    await allGone(pids);
    expect(sandbox.process.exitCode).toBe(0);
  });

  it('by kill -9 takes every process and its folder along too', async () => {
    sandbox = await launchWithStandIn();
    const pids = await family(sandbox.addresses.pid);
    const folder = dirname(sandbox.addresses.config);

    process.kill(sandbox.addresses.pid, 'SIGKILL');

    await allGone(pids);
    await eventually('the end of the folder', () => (existsSync(folder) ? undefined : true));
  });
});

describe('the command line', () => {
  const sandboxWith = (...words: string[]) =>
    run(process.execPath, [START, ...words]).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  it('explains itself', async () => {
    const { code, stdout } = await sandboxWith('--help');

    expect(code).toBe(0);
    expect(stdout).toContain('--port N');
  });

  it('refuses an option there is not, and a port that is none', async () => {
    const option = await sandboxWith('--colour');
    const port = await sandboxWith('--port', '99999');

    expect([option.code, port.code]).toEqual([2, 2]);
    expect(option.stderr).toContain("Unknown option '--colour'");
    expect(port.stderr).toContain('0 to 65535');
  });

  it('says so in one line when the port that was asked for is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const { code, stderr } = await sandboxWith('--port', String(port), '--no-open', '--json');
    taken.close();

    expect(code).toBe(1);
    expect(stderr).toBe(`Port ${port} is taken. Choose another with --port, or 0 for any free one.\n`);
  });

  it('ends with what Forge printed when Forge does not start, and leaves nothing behind', async () => {
    const broken = fileURLToPath(new URL('broken-stand-in.ts', import.meta.url));

    const { code, stdout, stderr } = await sandboxWith('--port', '0', '--json', '--forge', broken);

    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('Forge does not start');
    expect(stderr).toContain('SLACK_COLOUR is missing');
  });

  it('moves to a free port when nobody asked for one', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => {
      blocker.once('error', () => resolve());
      blocker.listen(4321, '127.0.0.1', resolve);
    });
    const words = [START, '--no-open', '--json', '--forge', STAND_IN];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });

    const line = await new Promise<string>((resolve) =>
      child.stdout.once('data', (data) => resolve(`${data}`)),
    );
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    blocker.close();

    const page: unknown = JSON.parse(line).page;
    expect(page).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(page).not.toBe('http://127.0.0.1:4321/');
  });
});
