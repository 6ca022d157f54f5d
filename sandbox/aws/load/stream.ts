import { Agent, request } from 'node:http';
import type { LoadReport } from './messages.ts';

const tickMs = 20;
/** A server that answers nothing must not collect requests without end. */
const maximumInFlight = 500;

/** Sends requests at an even pace over kept connections and counts what comes back. */
export class Stream {
  readonly report: LoadReport = { sent: 0, answered: 0, failed: 0, versions: {} };
  #agent = new Agent({ keepAlive: true, timeout: 30_000 });
  #url = '';
  #requestsPerSecond = 0;
  #owed = 0;
  #lastMs = 0;
  #inFlight = 0;
  #timer: NodeJS.Timeout | undefined;

  set(url: string, requestsPerSecond: number): void {
    this.#url = url;
    this.#requestsPerSecond = requestsPerSecond;
    clearInterval(this.#timer);
    if (requestsPerSecond <= 0) return;
    this.#lastMs = performance.now();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  #tick(): void {
    const nowMs = performance.now();
    this.#owed += ((nowMs - this.#lastMs) / 1_000) * this.#requestsPerSecond;
    this.#lastMs = nowMs;
    while (this.#owed >= 1) {
      this.#owed -= 1;
      if (this.#inFlight < maximumInFlight) this.#send();
    }
  }

  #send(): void {
    const { report } = this;
    report.sent += 1;
    this.#inFlight += 1;
    const sent = request(this.#url, { agent: this.#agent });
    let isFailure = true;
    sent.on('response', (response) => {
      const version = response.headers['x-version']?.toString();
      response.on('error', () => sent.destroy());
      response.on('end', () => {
        isFailure = (response.statusCode ?? 500) >= 500;
        report.answered += 1;
        if (version !== undefined) report.versions[version] = (report.versions[version] ?? 0) + 1;
      });
      response.resume();
    });
    sent.on('error', () => sent.destroy());
    sent.on('close', () => {
      this.#inFlight -= 1;
      if (isFailure) report.failed += 1;
    });
    sent.end();
  }
}
