import autocannon from 'autocannon';
import type { Tally } from './tally.ts';
import { watchConnection } from './watch-connection.ts';

/** Autocannon sends what a connection owes at the start of each second; groups that start apart make the load even. */
const GROUPS = 10;
const STAGGER_MS = 1_000 / GROUPS;
const UNTIL_STOPPED_SECONDS = 24 * 60 * 60;

type Group = {
  connections: string;
  perGroup: number;
  requestsPerSecond: number;
  /** Each request on a connection of its own. */
  anew?: { headers: Record<string, string>; reconnectRate: number };
};
const kept: Group = { connections: 'kept', perGroup: 10, requestsPerSecond: 20 };
const fresh: Group = {
  ...{ connections: 'new', perGroup: 16, requestsPerSecond: 16 },
  anew: { headers: { Connection: 'close' }, reconnectRate: 1 },
};

/**
 * Customers who come at a fixed rate whatever the answers: most keep their connection, the others open one for each request.
 * Both rules of the service get their share.
 */
export function startCustomers(url: string, tally: Tally): { stop(): void } {
  const running: autocannon.Instance[] = [];
  let isStopped = false;
  const timers = Array.from({ length: GROUPS }, (_, index) =>
    setTimeout(() => {
      for (const group of [kept, fresh]) running.push(start(group));
    }, index * STAGGER_MS),
  );

  function start(group: Group): autocannon.Instance {
    return autocannon(
      {
        url,
        connections: group.perGroup,
        overallRate: group.requestsPerSecond,
        duration: UNTIL_STOPPED_SECONDS,
        ...group.anew,
        requests: [{ path: '/' }, { path: '/v2/' }],
        setupClient: (client) =>
          watchConnection(client, { connections: group.connections, tally, isOver: () => isStopped }),
      },
      throwIfAny,
    );
  }

  return {
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      for (const instance of running) instance.stop();
    },
  };
}

/** What becomes of requests is counted where they end; this is autocannon itself not running. */
function throwIfAny(error: unknown): void {
  if (error instanceof Error) throw error;
}
