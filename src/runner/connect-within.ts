import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import type { Forbids, Target } from './reach.ts';
import { createTurns } from './turns.ts';

/** Waiting for the other side to answer at all. Milliseconds. */
const CONNECT_WITHIN = 20_000;
/** Names that are looked up at the same time: each takes one of the four threads that Forge's own lookups and files need too. */
const MOST_LOOKUPS = 2;

/** No address of that name may be reached. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}

/** Nobody has named it as something that may be reached. */
export class NotNamed extends Error {
  override readonly name = 'NotNamed';
}

/** Resolves with an open connection. Rejects with `NotNamed`, `OutOfReach`, the signal's reason, or why there is none. */
export type Connect = (target: Target, signal: AbortSignal) => Promise<Socket>;

/** Connects with exactly the address that was judged, so that a name cannot come to mean another in between. */
export function connectWithin(forbids: Forbids): Connect {
  const lookups = createTurns(MOST_LOOKUPS);

  async function addressOf(target: Target, signal: AbortSignal): Promise<string> {
    const isForbidden = forbids(target);
    // Not even looked up: a name can carry what somebody wants to tell those who answer for it.
    if (isForbidden === undefined) throw new NotNamed();
    const turn = await lookups.take(signal);
    try {
      const addresses = await lookup(target.hostname.replace(/^\[|\]$/gu, ''), { all: true });
      const first = addresses.find(({ address }) => !isForbidden(address));
      if (first === undefined) throw new OutOfReach();
      return first.address;
    } finally {
      turn.release();
    }
  }

  return async (target, signal) => {
    const host = await addressOf(target, signal);
    signal.throwIfAborted();
    const socket = connect({ host, port: target.port });
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
