import type { Json } from './json.ts';
import { asObject } from './json.ts';

const RETRY_MS = 2_000;

/** The sandbox's server-sent events for one person. Reconnects until it is closed. */
export class LiveStream {
  readonly #url: string;
  readonly #listener: { opened(): void; changed(change: Json): void; lost(): void };
  #source: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(as: string, listener: { opened(): void; changed(change: Json): void; lost(): void }) {
    this.#url = `/sandbox/stream?as=${encodeURIComponent(as)}`;
    this.#listener = listener;
    this.#connect();
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
  }

  #connect(): void {
    const source = new EventSource(this.#url);
    this.#source = source;
    source.addEventListener('open', () => this.#listener.opened());
    source.addEventListener('message', (event) => {
      this.#listener.changed(asObject(JSON.parse(String(event.data))));
    });
    source.addEventListener('error', () => {
      this.#listener.lost();
      // The browser retries by itself after a cut, but gives up for good after an error answer.
      if (source.readyState !== EventSource.CLOSED) return;
      this.#retry = setTimeout(() => this.#connect(), RETRY_MS);
    });
  }
}
