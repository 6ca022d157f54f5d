import { Agent, request } from 'node:http';
import { probeHeader } from './data-plane/headers.ts';

/** One service with colours needs more answers to see its weights. */
const probesOfColours = 20;

/** Asks public addresses, as the sandbox's own request that is no traffic, what they answer with. */
export class LiveProbe {
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, timeout: 4_000 });

  constructor(token: string) {
    this.#token = token;
  }

  async ask(url: string, options: { hasColours: boolean }): Promise<void> {
    const count = options.hasColours ? probesOfColours : 1;
    for (let sent = 0; sent < count; sent += 1) await this.#askOnce(url);
  }

  stop(): void {
    this.#agent.destroy();
  }

  /** Resolves whatever comes back: the load balancer has counted it. */
  #askOnce(url: string): Promise<void> {
    return new Promise((resolve) => {
      const headers = { [probeHeader]: this.#token };
      const sent = request(`${url}/version`, { agent: this.#agent, headers, timeout: 1_000 });
      sent.on('timeout', () => sent.destroy());
      sent.on('response', (response) => {
        response.on('error', () => sent.destroy());
        response.resume();
      });
      sent.on('error', () => sent.destroy());
      sent.on('close', () => resolve());
      sent.end();
    });
  }
}
