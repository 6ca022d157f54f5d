import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { deploy, imageReference } from './deploy.ts';
import { startAws, until } from './start-aws.ts';

describe('the end of the sandbox’s AWS', () => {
  it('leaves no process behind, also in the middle of a deployment', async () => {
    const world = await startAws();
    await world.aws.load({ service: 'api', environment: 'staging', requestsPerSecond: 20 });
    await deploy(world, { image: imageReference(world, 'v1.2.1-hang') });
    await until(async () => world.aws.processes().length === 7);
    const pids = world.aws.processes().map(({ pid }) => pid);

    await world.stop();

    expect(pids.filter(isAlive)).toEqual([]);
    expect(world.aws.processes()).toEqual([]);
  });

  it('may be asked for twice', async () => {
    const world = await startAws();

    await world.stop();

    await expect(world.aws.stop()).resolves.toBeUndefined();
  });

  it('comes for every process when the sandbox itself is killed', async () => {
    const sandbox = spawn(process.execPath, [fileURLToPath(new URL('./lonely-aws.ts', import.meta.url))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(sandbox.stdout, 'data');
    const pids: number[] = JSON.parse(String(line));
    expect(pids.filter(isAlive)).toHaveLength(4);

    sandbox.kill('SIGKILL');

    await until(async () => pids.filter(isAlive).length === 0);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
