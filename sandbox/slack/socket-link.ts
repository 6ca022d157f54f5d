import type { RawData, WebSocket } from 'ws';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { APP_ID } from './seed.ts';
import type { Timing } from './timing.ts';

const HOST = 'applink-sandbox';

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/** One Socket Mode connection, from its hello to its end. */
export class SocketLink {
  readonly #socket: WebSocket;
  readonly #timing: Timing;
  readonly #timers = new Set<NodeJS.Timeout>();
  #isLeaving = false;
  #isSilent = false;
  #unansweredPings = 0;

  constructor(socket: WebSocket, timing: Timing, on: { message(message: JsonObject): void; closed(): void }) {
    this.#socket = socket;
    this.#timing = timing;
    socket.on('error', () => socket.terminate());
    socket.on('ping', (data) => this.#answerPing(data));
    socket.on('pong', () => {
      this.#unansweredPings = 0;
    });
    socket.on('message', (data) => {
      const message = this.#isSilent ? undefined : parsed(data);
      if (message) on.message(message);
    });
    socket.on('close', () => {
      this.#clearTimers();
      on.closed();
    });
  }

  /** True while Slack would deliver here; a connection that went silent looks open to it. */
  get isOpen(): boolean {
    return !this.#isLeaving && this.#socket.readyState === this.#socket.OPEN;
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Says hello and begins the connection's life of `lifeMs` milliseconds. */
  greet(about: { connections: number; lifeMs: number; now: number }): void {
    this.#write({
      type: 'hello',
      num_connections: about.connections,
      debug_info: {
        host: HOST,
        started: new Date(about.now).toISOString(),
        build_number: 54,
        approximate_connection_time: Math.round(about.lifeMs / 1000),
      },
      connection_info: { app_id: APP_ID },
    });
    const ping = setInterval(() => this.#ping(), this.#timing.pingEveryMs).unref();
    this.#timers.add(ping);
    this.#after(Math.max(0, about.lifeMs - this.#timing.warningMs), () => this.warn());
  }

  deliver(text: string): void {
    if (!this.#isSilent) this.#socket.send(text);
  }

  /** Tells the app that this connection will soon be replaced, and asks for it in time. It is delivered to until then. */
  warn(): void {
    this.#write({ type: 'disconnect', reason: 'warning', debug_info: { host: HOST } });
    this.#after(this.#timing.warningMs, () => this.dismiss('refresh_requested'));
  }

  /** Asks the app to leave; the connection gets nothing from now on and is closed in a while. */
  dismiss(reason: DisconnectReason): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    this.#write({ type: 'disconnect', reason, debug_info: { host: HOST } });
    this.#after(this.#timing.graceMs, () => this.#socket.close());
  }

  /** Nothing passes any more in either direction, and nobody is told: as when a network forgets a connection. */
  silence(): void {
    this.#isSilent = true;
  }

  /** Cuts the connection without a close frame. */
  cut(): void {
    this.#clearTimers();
    this.#socket.terminate();
  }

  #write(message: JsonObject): void {
    if (this.#isSilent || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify(message));
  }

  #answerPing(data: Buffer): void {
    if (!this.#isSilent && this.#socket.readyState === this.#socket.OPEN) this.#socket.pong(data);
  }

  #ping(): void {
    if (this.#isSilent) return;
    // One may be on its way still, when this process was busy; two are not.
    if (this.#unansweredPings >= 2) {
      this.cut();
      return;
    }
    this.#unansweredPings += 1;
    this.#socket.ping();
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    // A connection's far end keeps no process alive.
    timer.unref();
    this.#timers.add(timer);
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

function parsed(data: RawData): JsonObject | undefined {
  const message = parseJson(String(data))?.value;
  return isObject(message) ? message : undefined;
}
