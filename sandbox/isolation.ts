import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether bubblewrap works here: it is not installed everywhere, and in some containers the kernel refuses it. */
export async function isolationHere(): Promise<'bubblewrap' | 'none'> {
  const words = ['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'];
  try {
    await run('bwrap', [...words, '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', 'true'], {
      timeout: 5_000,
    });
    return 'bubblewrap';
  } catch {
    return 'none';
  }
}
