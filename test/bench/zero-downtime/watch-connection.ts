import type { EventEmitter } from 'node:events';
import { z } from 'zod';
import type { Tally } from './tally.ts';

type Watched = {
  connections: string;
  tally: Tally;
  /** The load was stopped: what is cut now is cut by the customers themselves. */
  isOver(): boolean;
};

const Head = z.object({ statusCode: z.int() });
/** How every page of the sample service ends. */
const PAGE_END = '</h1>';

/**
 * Counts what becomes of every request of one client of autocannon. Autocannon itself forgets a request whose connection
 * the server closed, and tells nothing of an answer after which it connects anew: so here an answer counts when its page
 * has come to its end, and a request that is followed by the next one before that has failed. After a page that broke off
 * autocannon cannot read the next answer either, so that one may count as failed too.
 */
export function watchConnection(client: EventEmitter, { connections, tally, isOver }: Watched): void {
  let sentAt: number | undefined;
  let page = '';

  function fail(reason: string): void {
    const after = sentAt === undefined ? 0 : performance.now() - sentAt;
    sentAt = undefined;
    if (!isOver()) tally.failed({ at: new Date().toISOString(), connections, after, reason });
  }

  client.on('request', () => {
    if (sentAt !== undefined) fail('no whole answer: the connection was closed, or silent for 10 s');
    sentAt = performance.now();
    page = '';
  });
  client.on('headers', (raw: unknown) => {
    const { statusCode } = Head.parse(raw);
    if (statusCode < 200 || statusCode > 299) fail(`answered ${statusCode}`);
  });
  client.on('body', (part: Buffer) => {
    page += part.toString();
    if (sentAt === undefined || !page.includes(PAGE_END)) return;
    tally.answered(performance.now() - sentAt);
    sentAt = undefined;
  });
  client.on('connError', (error: Error) => fail(error.message));
}
