import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isOutOfReach } from '../../src/runner/addresses.ts';
import { connectWithin } from '../../src/runner/connect-within.ts';
import { type Network, openNetwork } from '../../src/runner/network.ts';
import { within } from '../../src/runner/reach.ts';
import { ownUser } from '../../src/runner/runner-user.ts';
import { eventually } from '../eventually.ts';

let folder: string;
let network: Network;
let isForbidden: (address: string) => boolean;
/** What commands may speak to, as the policy names it. */
let reach: string[] | undefined;
let upstream: Server;
let reached: Socket[];
/** What the other side sends to whoever connects with it. */
let answer: (socket: Socket) => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  // This machine stands for the internet.
  isForbidden = () => false;
  reach = undefined;
  const connect = connectWithin((target) => {
    const forbidden = reach === undefined ? () => false : within(reach)(target);
    return forbidden && ((address) => isForbidden(address));
  });
  network = await openNetwork({ folder, user: ownUser(), connect });
  reached = [];
  upstream = createServer((socket) => {
    reached.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await network.close();
  for (const socket of reached) socket.destroy();
  upstream.close();
  rmSync(folder, { recursive: true });
});

describe('the proxy of commands', () => {
  it('passes on what the other side answers', async () => {
    answer = (socket) => socket.end('HTTP/1.1 203 Yes\r\nContent-Length: 2\r\nX-Own: 1\r\n\r\nhi');

    expect(await asked()).toEqual({ status: 203, body: 'hi' });
  });

  it.each([
    ['a status that is none', 'HTTP/1.1 050 Odd\r\nContent-Length: 0\r\n\r\n'],
    ['no HTTP', '\0\0\0 nonsense\r\n\r\n'],
    ['nothing', ''],
    ['a protocol nobody asked for', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
  ])('survives that the other side answers with %s', async (_name, sent) => {
    answer = (socket) => socket.end(sent);

    expect(await asked()).toMatchObject({ status: 502 });
  });

  it('cuts off what the other side cuts off, and goes on', async () => {
    answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
      setImmediate(() => socket.destroy());
    };

    await expect(asked()).rejects.toThrow('aborted');
    answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
    expect(await asked()).toMatchObject({ body: 'hi' });
  });

  it.each(['CONNECT 127.0.0.1:PORT HTTP/1.1', 'GET http://127.0.0.1:PORT/ HTTP/1.1'])(
    'keeps no connection for a command that has left: %s',
    async (line) => {
      answer = () => undefined;
      const sockets = Array.from({ length: 20 }, () => connect(join(folder, 'proxy')));
      for (const socket of sockets) {
        socket.on('error', () => undefined);
        socket.write(`${line.replace('PORT', String(portOf(upstream)))}\r\nHost: x\r\n\r\n`);
        setImmediate(() => socket.destroy());
      }

      await eventually(
        async () => (await connectionsOf(upstream)) === 0 && sockets.every((one) => one.closed),
      );
      answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
      expect(await asked()).toMatchObject({ body: 'hi' });
      await eventually(async () => (await connectionsOf(upstream)) === 0);
    },
  );

  it('holds only so many connections at once, whatever a command opens', async () => {
    answer = () => undefined;
    const sockets = Array.from({ length: 400 }, () => connect(join(folder, 'proxy')));
    for (const socket of sockets) socket.on('error', () => undefined);
    for (const socket of sockets)
      socket.write(`CONNECT 127.0.0.1:${portOf(upstream)} HTTP/1.1\r\nHost: x\r\n\r\nx`);

    await eventually(
      async () => reached.length === 128 && sockets.filter((one) => one.closed).length === 272,
    );

    for (const socket of sockets) socket.destroy();
  });

  it('leads to what is named only, looks up no other name, and tells what that was', async () => {
    answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
    const port = portOf(upstream);
    reach = [`localhost:${port}`];

    const answers = [
      await asked('localhost'),
      await asked('127.0.0.1'),
      await asked('secret.of.evil.example'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403]);
    expect(answers[1]?.body).toContain('reach only what the policy file names');
    expect(network.refused()).toEqual([`127.0.0.1:${port}`, `secret.of.evil.example:${port}`]);
  });

  it('remembers a few names of what it refused, however many are asked for', async () => {
    reach = [];

    for (let name = 1; name <= 30; name += 1) await asked(`host-${name}.example`);

    expect(network.refused()).toHaveLength(20);
  });

  it('ends what it leads to when it is closed', async () => {
    answer = () => undefined;
    const socket = connect(join(folder, 'proxy'));
    socket.on('error', () => undefined).resume();
    socket.write(`CONNECT 127.0.0.1:${portOf(upstream)} HTTP/1.1\r\nHost: x\r\n\r\nx`);
    await eventually(() => reached.length === 1);

    await network.close();

    await eventually(() => socket.closed && reached.every((one) => one.closed));
  });

  it('judges the address it connects with, not the name', async () => {
    const judged: string[] = [];
    isForbidden = (address) => {
      judged.push(address);
      return isOutOfReach(address);
    };

    expect(await asked('localhost')).toMatchObject({ status: 403 });

    expect(judged).toContain('127.0.0.1');
    expect(reached).toEqual([]);
  });
});

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}

/** Through the proxy. */
function asked(host = '127.0.0.1'): Promise<{ status: number | undefined; body: string }> {
  const name = `${host}:${portOf(upstream)}`;
  return new Promise((resolve, reject) => {
    const sent = request({
      socketPath: join(folder, 'proxy'),
      path: `http://${name}/`,
      headers: { host: name },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    });
    sent.end();
  });
}
