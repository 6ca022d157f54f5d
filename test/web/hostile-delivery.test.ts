import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { deliver, headersOf, type Listening, listen, pushBody, signed } from './listening.ts';

let web: Listening;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await web.close();
});

async function opened(): Promise<Socket> {
  const socket = connect(web.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** All that is answered before the connection ends. */
async function answered(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('utf8');
}

describe('the signature of a delivery', () => {
  it('is of the very bytes that were sent, not of what they mean', async () => {
    web = await listen();
    const compact = pushBody();
    const roomy = JSON.stringify(JSON.parse(compact), null, 2);

    expect(await deliver(web.origin, roomy)).toBe(202);
    expect(await deliver(web.origin, roomy, { 'x-hub-signature-256': signed(compact) })).toBe(401);
  });

  it('of nothing is none, and no fault of Forge', async () => {
    web = await listen();

    expect(await deliver(web.origin, '', { 'x-hub-signature-256': signed('') })).toBe(401);
    expect(web.logged).toEqual([]);
  });
});

describe('whoever wants to use up memory and connections', () => {
  it('is told at once that what they announce is too large, before they send it', async () => {
    web = await listen({ limits: { headersWithin: 3_000, requestWithin: 3_000, checkEvery: 50 } });
    const socket = await opened();
    const headers = Object.entries({ ...headersOf('{}'), host: 'forge', 'content-length': '99999999' });
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');

    socket.write(`POST /github/webhook HTTP/1.1\r\n${lines}\r\n`);

    expect(await answered(socket)).toMatch(/^HTTP\/1\.1 413 /u);
  });

  it('leaves room for the deliveries after theirs', async () => {
    web = await listen({ limits: { bodies: 1_000 } });
    const statuses: number[] = [];

    for (const digit of '12345') {
      statuses.push(await deliver(web.origin, pushBody({ before: digit.repeat(40) })));
    }

    expect(statuses).toEqual([202, 202, 202, 202, 202]);
  });

  it('gets only so many connections', async () => {
    web = await listen({ limits: { connections: 2 } });
    await opened();
    await opened();
    const third = await opened();

    third.write('GET /health HTTP/1.1\r\nhost: forge\r\nconnection: close\r\n\r\n');

    expect(await answered(third)).toBe('');
  });

  it('is not listened to for longer headers than Forge wants', async () => {
    web = await listen({ limits: { headers: 1_000 } });

    const response = await fetch(`${web.origin}/health`, { headers: { odd: 'x'.repeat(2_000) } });

    expect(response.status).toBe(431);
  });
});
