import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../sandbox/client.ts';
import { eventually } from '../sandbox/world/with-sandbox.ts';

/** Kills Forge at each of these moments (milliseconds after now); the next kill waits until there is a Forge again. */
export async function killForge(client: Client, momentsMs: readonly number[]): Promise<void> {
  const start = Date.now();
  for (const moment of momentsMs) {
    await sleep(Math.max(0, start + moment - Date.now()));
    const pid = await eventually(
      'a Forge to kill',
      async () => (await client.state()).forge.pid ?? undefined,
    );
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      throw new Error(`Forge (${pid}) could not be killed: it had ended by itself`, { cause: error });
    }
  }
}

export async function forgeReady(client: Client): Promise<void> {
  await eventually(
    'a ready Forge',
    async () => ((await client.state()).forge.ready ? true : undefined),
    30_000,
  );
}
