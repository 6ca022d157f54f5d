import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Launched, launchSandbox } from '../../../sandbox/launch.ts';

export const STAND_IN = fileURLToPath(new URL('stand-in.ts', import.meta.url));

/** The whole sandbox as processes of their own, with the stand-in for Forge. `complaints` is what it wrote to stderr. */
export async function launchWithStandIn(
  complaints: string[] = [],
  words: readonly string[] = [],
): Promise<Launched> {
  return launchSandbox({
    words: ['--forge', STAND_IN, ...words],
    complain: (line) => complaints.push(line),
  });
}

/** Looks until something is there; throws with `what` when it is not in time. */
export async function eventually<Found>(
  what: string,
  look: () => Promise<Found | undefined> | Found | undefined,
  withinMs = 8_000,
): Promise<Found> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(25);
  }
  throw new Error(`Not within ${withinMs} ms: ${what}`);
}

/** One request with headers that `fetch` would not let through. */
export function rawRequest(
  address: string,
  options: { method?: string; headers: Record<string, string>; body?: string },
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      { method: options.method ?? 'GET', headers: options.headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sent.once('error', reject);
    sent.end(options.body);
  });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
