import type { ServerResponse } from 'node:http';
import type { AwsPart, SlackChange, SlackPart } from './parts.ts';

/** What a page is told: it reads the thing again. */
type Change =
  | { what: 'messages'; channel: string }
  | { what: 'views' }
  | { what: 'home' }
  | { what: 'state' };

const HEARTBEAT_MS = 15_000;
/** Tasks and traffic change all the time; a page reads the state at most this often. */
const STATE_EVERY_MS = 250;

/** Server-sent events for the pages that are open. */
export class ControlStream {
  readonly #listeners = new Map<ServerResponse, string>();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #unsubscribe: (() => void)[];
  #stateTimer: NodeJS.Timeout | undefined;

  constructor(parts: { slack: SlackPart; aws: AwsPart }) {
    this.#heartbeat = setInterval(() => this.#write(': still here\n\n'), HEARTBEAT_MS).unref();
    this.#unsubscribe = [
      parts.slack.subscribe((change) => this.#slackChanged(change)),
      parts.aws.subscribe(() => this.stateChanged()),
    ];
  }

  /** Keeps the response open and sends what user `as` could see. */
  open(response: ServerResponse, as: string): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 500\n\n');
    this.#listeners.set(response, as);
    response.once('close', () => this.#listeners.delete(response));
  }

  /** Something that GET /sandbox/state shows has changed. */
  stateChanged(): void {
    this.#stateTimer ??= setTimeout(() => {
      this.#stateTimer = undefined;
      this.#send({ what: 'state' });
    }, STATE_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#stateTimer);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const response of this.#listeners.keys()) response.end();
  }

  #slackChanged(change: SlackChange): void {
    switch (change.what) {
      case 'messages':
        this.#send({ what: 'messages', channel: change.channel });
        return;
      case 'views':
        this.#send({ what: 'views' }, change.user);
        return;
      case 'home':
        this.#send({ what: 'home' }, change.user);
        return;
    }
  }

  #send(change: Change, onlyFor?: string): void {
    this.#write(`data: ${JSON.stringify(change)}\n\n`, onlyFor);
  }

  #write(text: string, onlyFor?: string): void {
    for (const [response, as] of this.#listeners) {
      if (onlyFor === undefined || onlyFor === as) response.write(text);
    }
  }
}
