import { once } from 'node:events';
import { createServer } from 'node:net';
import type { World } from '../world.ts';

/**
 * A port for a task, known before its process listens. Below the range from which systems take the ports of
 * outgoing connections, so that no connection can take it meanwhile.
 */
export async function freePort(world: World): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!isPromised(world, port) && (await canListen(port))) return port;
  }
}

function isPromised(world: World, port: number): boolean {
  return (
    world.tasks.some((task) => task.port === port && task.lastStatus !== 'STOPPED') ||
    world.targetGroups.some((group) => group.targets.some((target) => target.port === port))
  );
}

/** Whether nobody listens on a port of 127.0.0.1. */
export async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
