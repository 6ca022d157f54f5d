import type { Server } from 'node:http';
import type { Socket } from 'node:net';

type Count = { open: number; opened: number };

/**
 * Which node each client's connection has reached. Clients resolve the load balancer's name to one node's address, so a
 * connection stays with its node; new ones take turns.
 */
export class ClientConnections {
  readonly #nodeOf = new WeakMap<Socket, number>();
  readonly #counts = new Map<number, Count>();
  #turn = 0;

  constructor(server: Server, nodeCount: () => number) {
    server.on('connection', (socket) => {
      const node = this.#turn % nodeCount();
      this.#turn += 1;
      this.#nodeOf.set(socket, node);
      const count = this.#countOf(node);
      count.open += 1;
      count.opened += 1;
      socket.once('close', () => {
        count.open -= 1;
      });
    });
  }

  nodeOf(socket: Socket): number {
    return this.#nodeOf.get(socket) ?? 0;
  }

  /** Open connections, and how many were opened since this was asked last. */
  take(node: number): Count {
    const count = this.#countOf(node);
    const taken = { ...count };
    count.opened = 0;
    return taken;
  }

  #countOf(node: number): Count {
    const known = this.#counts.get(node);
    if (known !== undefined) return known;
    const added = { open: 0, opened: 0 };
    this.#counts.set(node, added);
    return added;
  }
}
