import { Agent, request } from 'node:http';
import { CUSTOMERS } from './timing.ts';

/** Requests that come by at a fixed pace, whatever the answers are. */
export type Customers = {
  /** Forgets what was. */
  begin(): void;
  sent(): number;
  /** What was not answered, or with 5xx, and how often. */
  failed(): Map<string, number>;
  stop(): void;
};

export function createCustomers(url: string): Customers {
  const agent = new Agent({ keepAlive: true });
  let sent = 0;
  let failed = new Map<string, number>();
  const note = (what: string) => failed.set(what, (failed.get(what) ?? 0) + 1);
  const ask = () => {
    sent += 1;
    const asked = request(url, { agent }, (response) => {
      if ((response.statusCode ?? 500) >= 500) note(`${response.statusCode}`);
      response.on('error', (error) => note(error.message));
      response.resume();
    });
    asked.on('error', (error) => note(error.message));
    asked.end();
  };
  const timer = setInterval(ask, 1_000 / CUSTOMERS);
  return {
    begin() {
      sent = 0;
      failed = new Map();
    },
    sent: () => sent,
    failed: () => failed,
    stop() {
      clearInterval(timer);
      agent.destroy();
    },
  };
}
