import { canListen } from './aws/ecs/free-port.ts';

const FIRST = 18_000;
const COUNT = 2_000;

/**
 * A port for Forge's web server, known before Forge runs. Below those of tasks, so that none takes it while Forge is
 * started again.
 */
export async function forgePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await canListen(port)) return port;
  }
}
