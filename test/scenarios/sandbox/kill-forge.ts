import type { Client } from '../../../sandbox/client.ts';
import type { Until } from './until.ts';

/** Ends it with SIGKILL; resolves once the sandbox has started it again and it is connected. */
export async function killForge({ client, until }: { client: Client; until: Until }): Promise<void> {
  const { pid } = (await client.state()).forge;
  if (pid === null) throw new Error('Forge is not running.');
  process.kill(pid, 'SIGKILL');
  await until('Forge is back', async () => {
    const { forge } = await client.state();
    return forge.ready && forge.pid !== pid ? forge : undefined;
  });
}
