import { chmod, chown, mkdir, open, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Connect, NotNamed, OutOfReach } from './connect-within.ts';
import type { Target } from './reach.ts';
import { isRoot, type RunnerUser } from './runner-user.ts';

/** At the same time, by one command: each takes two of the files that Forge may have open. */
const MOST_CONNECTIONS = 128;
/** Names of what was refused that are kept. */
const MOST_REFUSED = 20;
/** Headers of a hop (RFC 9110 section 7.6.1). */
const OF_A_HOP = new Set([
  ...['connection', 'proxy-connection', 'proxy-authorization', 'proxy-authenticate', 'keep-alive', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade'],
]);

type NetworkOptions = { folder: string; user: RunnerUser; connect: Connect };

export type Network = {
  /** What commands asked for and the policy does not name, each once, as `host:port`; not more than a few. Foreign text. */
  refused(): string[];
  close(): Promise<void>;
};

/**
 * The only network of a command: a proxy of HTTP and HTTPS on a socket in `folder`, which connects with what `connect` does. Nothing a
 * command or another side sends ends it.
 */
export async function openNetwork({ folder, user, connect: connectWith }: NetworkOptions): Promise<Network> {
  const refused = new Set<string>();
  const connect = noting(connectWith, refused);
  const server = createServer((incoming, answer) => void pass(incoming, answer, connect));
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    void tunnel(incoming, { socket, head }, connect);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listenIn(folder, { server, user });
  return {
    refused: () => [...refused],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function noting(connect: Connect, refused: Set<string>): Connect {
  return async (target, signal) => {
    try {
      return await connect(target, signal);
    } catch (error) {
      if (error instanceof NotNamed && refused.size < MOST_REFUSED) refused.add(named(target));
      throw error;
    }
  };
}

/** Nobody's name is longer (RFC 1035). */
function named({ hostname, port }: Target): string {
  return `${hostname.slice(0, 253)}:${port}`;
}

async function listenIn(folder: string, { server, user }: { server: Server; user: RunnerUser }) {
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const socket = join(folder, 'proxy');
  await rm(socket, { force: true });
  // By the opened folder: an address of a socket holds about a hundred characters.
  const opened = await open(folder, 'r');
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(`/proc/self/fd/${opened.fd}/proxy`, resolve);
    });
  } finally {
    await opened.close();
  }
  await chmod(socket, 0o600);
  if (isRoot) await chown(socket, user.uid, user.gid);
}

async function tunnel(
  incoming: IncomingMessage,
  { socket: client, head }: { socket: Duplex; head: Buffer },
  connect: Connect,
): Promise<void> {
  client.on('error', () => client.destroy());
  try {
    const { hostname, port } = new URL(`http://${incoming.url}`);
    const upstream = await connect({ hostname, port: Number(port || 443) }, untilClosed(client));
    client.once('close', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(client);
    client.pipe(upstream);
  } catch (error) {
    const { status, headers, text } = refusal(error);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    client.end(`HTTP/1.1 ${status}\r\n${lines.join('')}Content-Length: ${text.length}\r\n\r\n${text}`);
  }
}

async function pass(incoming: IncomingMessage, answer: ServerResponse, connect: Connect): Promise<void> {
  try {
    const url = new URL(incoming.url ?? '');
    if (url.protocol !== 'http:') throw new TypeError('Only http is passed on like this.');
    const target = { hostname: url.hostname, port: Number(url.port || 80) };
    const socket = await connect(target, untilClosed(answer));
    answer.once('close', () => socket.destroy());
    const headers = Object.entries(incoming.headers).filter(([name]) => !OF_A_HOP.has(name));
    const onward = request({
      createConnection: () => socket,
      method: incoming.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...Object.fromEntries(headers), host: url.host, connection: 'close' },
    });
    onward.on('response', (response) => void passBack(response, answer));
    onward.on('upgrade', (response) => response.destroy());
    onward.on('error', (error) => refuse(answer, error));
    onward.on('close', () => {
      if (!answer.headersSent) refuse(answer, new Error('It did not answer.'));
    });
    incoming.pipe(onward);
  } catch (error) {
    refuse(answer, error);
  }
}

/** What the other side answers may be anything: what cannot be passed on is refused. */
async function passBack(response: IncomingMessage, answer: ServerResponse): Promise<void> {
  try {
    const back = Object.entries(response.headers).filter(([name]) => !OF_A_HOP.has(name));
    answer.writeHead(response.statusCode ?? 502, Object.fromEntries(back));
    await pipeline(response, answer);
  } catch (error) {
    response.destroy();
    refuse(answer, error);
  }
}

function untilClosed(client: Duplex | ServerResponse): AbortSignal {
  const left = new AbortController();
  if (client.destroyed) left.abort();
  else client.once('close', () => left.abort());
  return left.signal;
}

function refuse(answer: ServerResponse, error: unknown): void {
  if (answer.headersSent || answer.destroyed) {
    answer.destroy();
    return;
  }
  const { status, headers, text } = refusal(error);
  answer.writeHead(Number.parseInt(status, 10), headers).end(text);
}

/** `Proxy-Status` as in RFC 9209. */
function refusal(error: unknown): { status: string; headers: Record<string, string>; text: string } {
  if (error instanceof NotNamed)
    return {
      status: '403 Forbidden',
      headers: { 'proxy-status': 'forge; error=http_request_denied' },
      text: 'Commands of checks reach only what the policy file names: reach, beside runner.\n',
    };
  if (error instanceof OutOfReach)
    return {
      status: '403 Forbidden',
      headers: { 'proxy-status': 'forge; error=destination_ip_prohibited' },
      text: 'Commands of checks cannot reach this address.\n',
    };
  return {
    status: '502 Bad Gateway',
    headers: { 'proxy-status': 'forge; error=destination_unavailable' },
    text: 'There was no answer from this address.\n',
  };
}
