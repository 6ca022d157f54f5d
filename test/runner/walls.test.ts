import { afterEach, describe, expect, it } from 'vitest';
import { BUBBLEWRAP, cannot, createWorkbench, named, printed, type Workbench } from './workbench.ts';

let bench: Workbench;
afterEach(() => bench.end());

/** Which folders a file can be put into, of these. */
function writable(folders: readonly string[]): string {
  return `for f in ${folders.join(' ')}; do if touch $f/x 2>/dev/null; then echo wrote $f; fi; done`;
}

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('a command in bubblewrap', BUBBLEWRAP), () => {
  it('has no rights, cannot get any, and is kept from what it has no business with in the kernel', async () => {
    bench = createWorkbench(BUBBLEWRAP);

    const outcome = await bench.run(
      'grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status; unshare --user true 2>/dev/null && echo a namespace; echo 0 2>/dev/null >/proc/self/oom_score_adj && echo not the first to go; true',
    );

    expect(printed(outcome)).toBe(
      'CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n',
    );
  });

  it('sees no files of the machine but its programs, no processes but its own, and no network', async () => {
    bench = createWorkbench(BUBBLEWRAP);

    const outcome = await bench.run(
      'ls /; cat /etc/shadow /etc/hostname 2>/dev/null; ls /proc | grep -c "^[0-9]"; grep -c : /proc/net/dev',
    );

    const lines = printed(outcome).trim().split('\n');
    const [processes, networks] = lines.splice(-2).map(Number);
    const known = 'bin dev etc home kept lib lib32 lib64 libx32 opt proc run sbin tmp usr work'.split(' ');
    expect(lines.filter((name) => !known.includes(name))).toEqual([]);
    expect(processes).toBeLessThan(15);
    expect(networks).toBe(1);
  });

  it('writes to its own folders, and nowhere else', async () => {
    bench = createWorkbench(BUBBLEWRAP);
    const own = ['.', '$HOME', '$TMPDIR', '/dev/shm'];
    const others = [
      '/',
      '/etc',
      '/usr',
      '/usr/bin',
      '/usr/share',
      '/run',
      '/run/forge',
      '/opt',
      '/dev',
      '/home',
    ];

    const outcome = await bench.run(`${writable(own)}; echo; ${writable(others)}`);

    expect(printed(outcome)).toBe('wrote .\nwrote /home/runner\nwrote /tmp\nwrote /dev/shm\n\n');
  });
});
