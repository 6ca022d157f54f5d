import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Answer, Envelope, Transport } from './envelope.ts';
import { type Clock, Identifiers } from './identifiers.ts';
import { isObject, type JsonObject } from './json.ts';
import { APP_ID } from './seed.ts';
import { SocketLink } from './socket-link.ts';
import type { Timing } from './timing.ts';

const MOST_CONNECTIONS = 10;

type Waiting = { readonly settle: (answer: Answer) => void; readonly sentAt: number };

/** The connections of the app. Every envelope goes to one of them; several take turns. */
export class SocketMode implements Transport {
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false });
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #identifiers: Identifiers;
  readonly #clock: Clock;
  readonly #timing: Timing;
  readonly #isAccepting: () => boolean;
  #links: SocketLink[] = [];

  constructor(from: { clock: Clock; timing: Timing; isAccepting: () => boolean }) {
    this.#clock = from.clock;
    this.#identifiers = new Identifiers(from.clock);
    this.#timing = from.timing;
    this.#isAccepting = from.isAccepting;
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
    if (!this.#isAccepting()) {
      refuse(socket, '503 Service Unavailable');
      return true;
    }
    if (!this.#tickets.delete(url.searchParams.get('ticket') ?? '')) {
      refuse(socket, '401 Unauthorized');
      return true;
    }
    const isDebugged = url.searchParams.get('debug_reconnects') === 'true';
    const lifeMs = isDebugged ? this.#timing.debugConnectionMs : this.#timing.connectionMs;
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#welcome(connection, lifeMs));
    return true;
  }

  /** How many connections Slack would deliver to. */
  get connections(): number {
    return this.#open().length;
  }

  /** Delivers to any one connection and waits for its acknowledgement. Copies go to the next ones in turn. */
  send(envelope: Envelope, copies = 1): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const id = envelope.envelope_id;
    const timer = setTimeout(() => settle({ kind: 'timed-out' }), this.#timing.ackMs);
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      this.#waiting.delete(id);
      resolve(answer);
    };
    this.#waiting.set(id, { settle, sentAt: this.#clock.now() });
    for (let copy = 1; copy <= copies; copy += 1) {
      const next = this.#open()[0];
      if (next) this.#deliverTo(next, envelope);
      else settle({ kind: 'not-delivered' });
    }
    return promise;
  }

  /** Warns every connection, and asks it to be replaced a while later, as Slack does every few hours. */
  warn(): void {
    for (const link of this.#open()) link.warn();
  }

  /** Asks every connection to be replaced at once. They get nothing from then on. */
  refresh(): void {
    for (const link of this.#open()) link.dismiss('refresh_requested');
  }

  /** Tells every connection that Socket Mode was switched off. */
  disable(): void {
    for (const link of this.#open()) link.dismiss('link_disabled');
  }

  /** Lets every connection go silent: it stays, and nothing passes any more. */
  silence(): void {
    for (const link of this.#links) link.silence();
  }

  cut(): void {
    for (const connection of this.#server.clients) connection.terminate();
    this.#links = [];
  }

  stop(): void {
    for (const link of this.#links) link.cut();
    this.cut();
    for (const { settle } of [...this.#waiting.values()]) settle({ kind: 'not-delivered' });
    this.#server.close();
  }

  #open(): SocketLink[] {
    return this.#links.filter((link) => link.isOpen);
  }

  #deliverTo(link: SocketLink, envelope: Envelope): void {
    this.#links = [...this.#links.filter((other) => other !== link), link];
    link.deliver(JSON.stringify(envelope));
  }

  #welcome(connection: WebSocket, lifeMs: number): void {
    const link: SocketLink = new SocketLink(connection, this.#timing, {
      message: (message) => this.#receive(message),
      closed: () => {
        this.#links = this.#links.filter((other) => other !== link);
      },
    });
    const isOneTooMany = this.connections >= MOST_CONNECTIONS;
    this.#links = [...this.#links, link];
    if (isOneTooMany) link.dismiss('too_many_websockets');
    else link.greet({ connections: this.connections, lifeMs, now: this.#clock.now() });
  }

  #receive({ envelope_id, payload }: JsonObject): void {
    const waiting = this.#waiting.get(String(envelope_id));
    if (!waiting) return;
    const ms = this.#clock.now() - waiting.sentAt;
    waiting.settle({ kind: 'acked', payload: isObject(payload) ? payload : {}, ms });
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
