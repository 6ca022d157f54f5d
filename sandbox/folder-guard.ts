import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';

/** Waits until nobody holds its input any more. Somebody may still be writing then: once more, a little later. */
const SCRIPT = 'cat >/dev/null; rm -rf "$1" 2>/dev/null || { sleep 1; rm -rf "$1"; }';

/**
 * Has a folder removed when this process is gone, even by kill -9. The answer removes it at once; it is idempotent. Before
 * Forge's guard is there nobody else would, and the repositories are in it from the start.
 */
export function guardFolder(folder: string): () => Promise<void> {
  const guard = spawn('sh', ['-c', SCRIPT, 'sh', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(guard, 'close').catch(() => undefined);
  guard.stdin.on('error', () => undefined);
  return async () => {
    guard.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
