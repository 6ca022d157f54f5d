import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunnerPolicy } from '../../src/domain/policy.ts';
import { eventually } from '../eventually.ts';
import {
  asOther,
  BUBBLEWRAP,
  cannot,
  createWorkbench,
  named,
  sleepers,
  type Workbench,
} from './workbench.ts';

const OTHER = asOther('uucp');
let bench: Workbench;
let forge: ChildProcess;
afterEach(async () => {
  forge.kill('SIGKILL');
  await bench.end();
});

const DAEMON = 'setsid sleep 55551 & (setsid sleep 55552 >/dev/null 2>&1 &)';

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('a Forge that is killed', BUBBLEWRAP), () => {
  it.each(['command', 'install'])('takes everything with it that a %s started, at once', async (which) => {
    bench = createWorkbench(BUBBLEWRAP);
    const hanging = `${DAEMON}; sleep 55553`;
    const install = which === 'install' ? { command: hanging, within: 600_000 } : undefined;
    start(BUBBLEWRAP, { command: which === 'install' ? 'true' : hanging, install });
    await eventually(() => sleepers('5555').length === 3);

    await kill();

    await eventually(() => sleepers('5555').length === 0);
  });

  it('leaves files, which the next one removes before it runs anything', async () => {
    bench = createWorkbench(BUBBLEWRAP);
    start(BUBBLEWRAP, { command: 'mkdir -p a/b; chmod 0 a; sleep 55553' });
    await eventually(() => sleepers('5555').length === 1);
    await kill();
    const left = boxes();

    await bench.run('true');

    expect(left).toHaveLength(1);
    expect(boxes()).toHaveLength(1);
    expect(boxes()).not.toEqual(left);
  });

  it('is not taken for dead by another one that starts while it lives', async () => {
    bench = createWorkbench(BUBBLEWRAP);
    start(BUBBLEWRAP, { command: 'sleep 55553' });
    await eventually(() => sleepers('5555').length === 1);

    await bench.runner.prove();
    await bench.run('true');

    expect(boxes()).toHaveLength(2);
    expect(sleepers('5555')).toHaveLength(1);
  });
});

describe.skipIf(cannot(OTHER) !== undefined)(named('a Forge that is killed', OTHER), () => {
  it('leaves what another user runs to the next one, which ends it when it starts', async () => {
    bench = createWorkbench(OTHER);
    start(OTHER, { command: `${DAEMON}; sleep 55553` });
    await eventually(() => sleepers('5555').length === 3);
    await kill();

    await bench.runner.prove();

    expect(sleepers('5555')).toEqual([]);
    expect(boxes()).toHaveLength(1);
  });

  it('keeps what it runs while another one proves itself', async () => {
    bench = createWorkbench(OTHER);
    start(OTHER, { command: 'sleep 55553' });
    await eventually(() => sleepers('5555').length === 1);

    await bench.runner.prove();

    expect(sleepers('5555')).toHaveLength(1);
  });

  it('keeps what it runs while another one stops', async () => {
    bench = createWorkbench(OTHER);
    start(OTHER, { command: 'sleep 55553' });
    await eventually(() => sleepers('5555').length === 1);
    const other = createWorkbench(OTHER, { folder: join(bench.folder, 'runner') });
    await other.runner.prove();

    await other.end();
    const left = sleepers('5555');
    await kill();
    await bench.runner.prove();

    expect(left).toHaveLength(1);
    expect(sleepers('5555')).toEqual([]);
  });
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined || process.getuid?.() !== 0)(
  named('a Forge in another container', BUBBLEWRAP),
  () => {
    const CONTAINER = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];

    it('keeps its files while one starts that shares its folder and cannot see its processes', async () => {
      bench = createWorkbench(BUBBLEWRAP);
      start(BUBBLEWRAP, { command: 'sleep 55553' }, CONTAINER);
      await eventually(() => sleepers('5555').length === 1);
      const left = boxes();

      await bench.run('true');

      expect(boxes()).toEqual(expect.arrayContaining(left));
    });

    it('is dead once nothing was heard of it for long', async () => {
      bench = createWorkbench(BUBBLEWRAP);
      start(BUBBLEWRAP, { command: 'sleep 55553' }, CONTAINER);
      await eventually(() => sleepers('5555').length === 1);
      await kill();
      await eventually(() => sleepers('5555').length === 0);
      const [left = ''] = boxes();
      const longAgo = new Date(Date.now() - 3_600_000);
      utimesSync(join(bench.folder, 'runner/runs', left), longAgo, longAgo);

      await bench.run('true');

      expect(boxes()).toHaveLength(1);
      expect(boxes()).not.toContain(left);
    });
  },
);

describe.each([BUBBLEWRAP, OTHER])('a Forge that was started with files open', (policy) => {
  it.skipIf(cannot(policy) !== undefined)(
    named(`gives none to commands isolated by ${policy.isolation}`, policy),
    async () => {
      bench = createWorkbench(policy);
      const secret = join(bench.folder, 'secret');
      writeFileSync(secret, 'GOT OUT', { mode: 0o600 });
      // Node closes only those that follow each other from 0 on.
      const opened = ['bash', '-c', 'exec 200<"$0"; exec "$@"', secret];

      start(policy, { command: "bash -c 'cat <&200' 2>/dev/null; echo tried" }, opened);
      const printed = await text(forge.stdout ?? Readable.from([]));

      expect(printed).toContain('tried');
      expect(printed).not.toContain('GOT OUT');
    },
  );
});

function start(
  policy: RunnerPolicy,
  request: { command: string; install?: unknown },
  before: readonly string[] = [],
): void {
  const told = {
    policy,
    folder: join(bench.folder, 'runner'),
    url: `file://${bench.folder}/source`,
    commit: bench.git('rev-parse', 'HEAD'),
    ...request,
  };
  const file = join(import.meta.dirname, 'forge-that-runs.ts');
  const [program = '', ...args] = [...before, process.execPath, file, JSON.stringify(told)];
  forge = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(): Promise<void> {
  const ended = once(forge, 'exit');
  forge.kill('SIGKILL');
  await ended;
}

function boxes(): string[] {
  return readdirSync(join(bench.folder, 'runner/runs'));
}
