import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fullness } from '../../src/runner/room.ts';
import { eventually } from '../eventually.ts';
import {
  asOther,
  BUBBLEWRAP,
  cannot,
  createWorkbench,
  named,
  printed,
  sleepers,
  type Workbench,
} from './workbench.ts';

const OTHER = asOther('irc');
let bench: Workbench;
afterEach(() => bench.end());

/** Starts processes until it may not, and says how many there were. */
const BOMB = 'i=0; while :; do sleep 44441 & i=$((i + 1)); echo $i; done';

describe.each([BUBBLEWRAP, OTHER])('limits', (policy) => {
  describe.skipIf(cannot(policy) !== undefined)(named(`isolated by ${policy.isolation}`, policy), () => {
    it('contain a command that starts more and more processes, and nothing of it is left', async () => {
      bench = createWorkbench(policy);

      const outcome = await bench.run(BOMB, { outputLimit: 200 });
      const after = await bench.run('node -e "console.log(1)"');

      expect(printed(outcome)).toMatch(/\n(?:9\d\d|10\d\d)\n.*fork/u);
      expect(after).toMatchObject({ kind: 'exited', code: 0 });
      expect(sleepers('4444')).toEqual([]);
    });

    it('keep files from growing for ever, and dumps from being written', async () => {
      bench = createWorkbench(policy);

      const outcome = await bench.run('ulimit -f; ulimit -c');

      expect(printed(outcome)).toBe(`${(8 * 2 ** 30) / 512}\n0\n`);
    });

    it('name a command that took too much memory as the first to go', async () => {
      bench = createWorkbench(policy);

      expect(printed(await bench.run('cat /proc/self/oom_score_adj'))).toBe('1000\n');
    });

    it('give it the processors only when Forge does not want them, for good', async () => {
      bench = createWorkbench(policy);

      const outcome = await bench.run(
        'nice; renice -n 0 $$ >/dev/null 2>&1 || echo refused; nice -n -5 nice',
      );

      expect(printed(outcome)).toMatch(/^10\nrefused\n/u);
      expect(printed(outcome)).toMatch(/10\n$/u);
    });
  });
});

describe.each([BUBBLEWRAP, OTHER])('a command that wants others to go first', (policy) => {
  // Another user is told so by root, if it has the right to.
  const reason =
    cannot(policy) ?? (policy.isolation === 'user' && !maySetResources() ? 'no right' : undefined);
  it.skipIf(reason !== undefined)(named(`is refused, isolated by ${policy.isolation}`, policy), async () => {
    bench = createWorkbench(policy);

    const outcome = await bench.run('echo 0 >/proc/self/oom_score_adj; cat /proc/self/oom_score_adj');

    expect(printed(outcome)).toMatch(/(?:Permission denied|Read-only file system)\n1000\n$/u);
  });
});

/** Whether who runs this has CAP_SYS_RESOURCE, which containers mostly take from root. */
function maySetResources(): boolean {
  const held = /^CapEff:\s*(\w+)/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${held}`) & (1n << 24n)) !== 0n;
}

describe.skipIf(cannot(OTHER) !== undefined)(named('another user', OTHER), () => {
  it('keeps no memory and no queues once a command has ended', async () => {
    bench = createWorkbench(OTHER);

    const outcome = await bench.run('ipcmk -M 4096 -Q -S 1 && ipcs -u | grep -c allocated');

    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    expect(['shm', 'msg', 'sem'].flatMap(leftBy)).toEqual([]);
  });
});

/** What the kernel keeps for the user of these tests. Source: sysvipc(7). */
function leftBy(what: string): string[] {
  const [, uid] = /^irc:[^:]*:(\d+)/mu.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  const column = what === 'sem' ? 4 : 7;
  const lines = readFileSync(`/proc/sysvipc/${what}`, 'utf8').trim().split('\n').slice(1);
  return lines.filter((line) => line.trim().split(/\s+/u)[column] === uid);
}

const numbers = { x64: { keyctl: 250, bpf: 321 }, arm64: { keyctl: 219, bpf: 280 } };

describe.skipIf(cannot(BUBBLEWRAP) !== undefined || !existsSync('/usr/bin/perl'))(
  named('the system calls of a command', BUBBLEWRAP),
  () => {
    it.each(['keyctl', 'bpf'] as const)('are without %s', async (call) => {
      bench = createWorkbench(BUBBLEWRAP);
      const number = process.arch === 'arm64' ? numbers.arm64[call] : numbers.x64[call];

      const outcome = await bench.run(`perl -e 'print syscall(${number}, 0, -3, 1), " ", $!, "\\n"'`);

      expect(printed(outcome)).toBe('-1 Function not implemented\n');
    });
  },
);

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('two commands side by side', BUBBLEWRAP), () => {
  it('have processes of their own: one that takes all of its own leaves the other its', async () => {
    bench = createWorkbench(BUBBLEWRAP);
    const running = new AbortController();
    const bomb = bench.run(`(${BOMB}) >n 2>&1; sleep 44442`, { signal: running.signal });
    bomb.catch(() => undefined);
    await eventually(() => sleepers('44442').length === 1);

    const other = await bench.run('for i in $(seq 300); do sleep 1 & done; wait; echo all');
    running.abort();

    expect(printed(other)).toBe('all\n');
  });
});

describe('the disk', () => {
  it('that has less left than must be is said so', async () => {
    bench = createWorkbench(BUBBLEWRAP);

    expect(await fullness(bench.folder, 2 ** 60)).toMatch(
      /^The disk that checks run on is full: \d+ MB are left\./u,
    );
    expect(await fullness(bench.folder, 1)).toBeUndefined();
  });

  it.skipIf(process.getuid?.() !== 0 || cannot(BUBBLEWRAP) !== undefined)(
    'is full of files, too, however small they are',
    async () => {
      bench = createWorkbench(BUBBLEWRAP);
      const disk = join(bench.folder, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'nr_inodes=9000', 'tmpfs', disk]);

      const reason = await fullness(disk, 1);
      execFileSync('umount', [disk]);

      expect(reason).toMatch(/^The disk that checks run on is full: it takes \d+ more files\./u);
    },
  );
});
