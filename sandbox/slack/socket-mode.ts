import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type Clock, Identifiers } from './identifiers.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { APP_ID } from './seed.ts';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';
export type Envelope = {
  readonly envelope_id: string;
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  readonly accepts_response_payload: boolean;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
};
export type Answer =
  | { readonly kind: 'acked'; readonly payload: JsonObject; readonly ms: number }
  | { readonly kind: 'timed-out' }
  /** No socket was there to take it, or it was lost on the way. */
  | { readonly kind: 'not-delivered' };

const MOST_CONNECTIONS = 10;
/** How long a socket that was asked to leave may stay. */
const GRACE_MS = 10_000;

/** The connections of the app. Every envelope goes to one of them; several take turns. */
export class SocketMode {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  readonly #graces = new Set<NodeJS.Timeout>();
  readonly #identifiers: Identifiers;
  readonly #clock: Clock;
  readonly #ackMs: number;
  #connections: WebSocket[] = [];

  constructor({ clock, ackMs }: { clock: Clock; ackMs: number }) {
    this.#clock = clock;
    this.#identifiers = new Identifiers(clock);
    this.#ackMs = ackMs;
  }

  /** The address of one connection. Its ticket works once. */
  address(origin: string): string {
    const ticket = this.#identifiers.secret();
    this.#tickets.add(ticket);
    return `${origin.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${APP_ID}`;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/link')) return false;
    if (!this.#tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return true;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#welcome(connection));
    return true;
  }

  /** Delivers to any one connection and waits for its acknowledgement, 3 s as Slack does. */
  send(envelope: Envelope): Promise<Answer> {
    const next = this.#connections.find((connection) => connection.readyState === connection.OPEN);
    if (!next) return Promise.resolve({ kind: 'not-delivered' });
    this.#connections = [...this.#connections.filter((other) => other !== next), next];
    const sentAt = this.#clock.now();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => settle({ kind: 'timed-out' }), this.#ackMs);
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      this.#waiting.delete(envelope.envelope_id);
      resolve(answer.kind === 'acked' ? { ...answer, ms: this.#clock.now() - sentAt } : answer);
    };
    this.#waiting.set(envelope.envelope_id, settle);
    next.send(JSON.stringify(envelope));
    return promise;
  }

  /** Asks every connection to be replaced, as Slack does every few hours. They get nothing from then on. */
  refresh(): void {
    for (const connection of this.#connections) this.#dismiss(connection, 'refresh_requested');
    this.#connections = [];
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const connection of this.#server.clients) connection.terminate();
    this.#connections = [];
  }

  stop(): void {
    this.cut();
    for (const timer of this.#graces) clearTimeout(timer);
    for (const settle of [...this.#waiting.values()]) settle({ kind: 'not-delivered' });
    this.#server.close();
  }

  #welcome(connection: WebSocket): void {
    connection.on('error', () => connection.terminate());
    if (this.#connections.length >= MOST_CONNECTIONS) {
      this.#dismiss(connection, 'too_many_websockets');
      return;
    }
    this.#connections = [...this.#connections, connection];
    connection.on('message', (data) => this.#receive(data));
    connection.on('close', () => {
      this.#connections = this.#connections.filter((other) => other !== connection);
    });
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#connections.length,
        debug_info: { host: 'applink-sandbox', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: APP_ID },
      }),
    );
  }

  #receive(data: RawData): void {
    const message = parseJson(String(data))?.value;
    if (!isObject(message)) return;
    const settle = this.#waiting.get(String(message.envelope_id));
    settle?.({ kind: 'acked', payload: isObject(message.payload) ? message.payload : {}, ms: 0 });
  }

  #dismiss(connection: WebSocket, reason: string): void {
    connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-sandbox' } }));
    const timer = setTimeout(() => {
      this.#graces.delete(timer);
      connection.close();
    }, GRACE_MS);
    this.#graces.add(timer);
  }
}
