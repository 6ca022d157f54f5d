import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { createTurns } from './turns.ts';

/** Waiting for the other side to answer at all. Milliseconds. */
const CONNECT_WITHIN = 20_000;
/** Names that are looked up at the same time: each takes one of the four threads that Forge's own lookups and files need too. */
const MOST_LOOKUPS = 2;

/** No address of that name may be reached. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}

/** Resolves with an open connection. Rejects with `OutOfReach`, with the signal's reason, or with why there is none. */
export type Connect = (target: { hostname: string; port: number }, signal: AbortSignal) => Promise<Socket>;

/** Connects with exactly the address that was judged, so that a name cannot come to mean another in between. */
export function connectWithin(isForbidden: (address: string) => boolean): Connect {
  const lookups = createTurns(MOST_LOOKUPS);

  async function addressOf(hostname: string, signal: AbortSignal): Promise<string> {
    const turn = await lookups.take(signal);
    try {
      const addresses = await lookup(hostname.replace(/^\[|\]$/gu, ''), { all: true });
      const first = addresses.find(({ address }) => !isForbidden(address));
      if (first === undefined) throw new OutOfReach();
      return first.address;
    } finally {
      turn.release();
    }
  }

  return async ({ hostname, port }, signal) => {
    const host = await addressOf(hostname, signal);
    signal.throwIfAborted();
    const socket = connect({ host, port });
    const leave = () => socket.destroy(new Error('Nobody waits for it any more.'));
    signal.addEventListener('abort', leave);
    socket.setTimeout(CONNECT_WITHIN, () => socket.destroy(new Error('It did not answer in time.')));
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', reject);
      });
    } finally {
      signal.removeEventListener('abort', leave);
    }
    socket.setTimeout(0);
    return socket;
  };
}
