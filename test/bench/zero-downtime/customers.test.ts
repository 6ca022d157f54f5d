import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { startCustomers } from './customers.ts';
import { Tally } from './tally.ts';

const PAGE = '<h1>v1.0.0</h1>\n';
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

describe('the count of the load', () => {
  it.each([
    [
      'an answer that is an error',
      'answered 502',
      (response: ServerResponse) => response.writeHead(502).end(PAGE),
    ],
    [
      'a connection closed without an answer',
      'no whole answer: the connection was closed, or silent for 10 s',
      (response: ServerResponse) => response.socket?.end(),
    ],
    [
      'an answer that breaks off',
      'no whole answer: the connection was closed, or silent for 10 s',
      (response: ServerResponse) => response.write('<h1>v1', () => response.socket?.end()),
    ],
    [
      'a connection that is reset',
      'read ECONNRESET',
      (response: ServerResponse) => response.socket?.resetAndDestroy(),
    ],
  ])('has %s as failed', async (_, reason, misbehave) => {
    const tally = new Tally();
    tally.countAs('test', 'during');
    const url = await serve((response, request) => {
      if (request === 20 || request === 30) misbehave(response);
      else response.end(PAGE);
    });

    const customers = startCustomers(url, tally);
    ends.push(() => customers.stop());

    // A connection that was closed is noticed by the next request it should have carried.
    await eventually(() => answered(tally) > 100 && reasons(tally).length > 1);
    expect([...new Set(reasons(tally))]).toEqual([reason]);
  });

  it('has nothing as failed where every page comes', async () => {
    const tally = new Tally();
    tally.countAs('test', 'during');
    const url = await serve((response) => response.end(PAGE));

    const customers = startCustomers(url, tally);
    ends.push(() => customers.stop());

    await eventually(() => answered(tally) > 300);
    expect(reasons(tally)).toEqual([]);
  });
});

/** `answer` is told the how manieth request it is. */
async function serve(answer: (response: ServerResponse, request: number) => void): Promise<string> {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    answer(response, requests);
  });
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = await new Promise<AddressInfo | string | null>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address()));
  });
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

const answered = (tally: Tally): number => ofTest(tally)?.answered ?? 0;

const reasons = (tally: Tally): string[] => ofTest(tally)?.failures.map(({ reason }) => reason) ?? [];

const ofTest = (tally: Tally) => tally.counts().find(({ phase }) => phase === 'test');
