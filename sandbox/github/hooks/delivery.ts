import { createHmac } from 'node:crypto';
import { APP } from '../people.ts';

export type Delivery = {
  /** What `X-GitHub-Delivery` says; the same when it is delivered again. */
  guid: string;
  event: string;
  action: string | undefined;
  /** When it happened. Milliseconds since the epoch. */
  at: number;
  body: string;
  /** Of each attempt, the newest last: its status, or why there is none. */
  attempts: (number | string)[];
};

/** Signed with the secret that only Forge knows too. */
export function headersOf({ guid, event, body }: Delivery, secret: string): Record<string, string> {
  const sign = (algorithm: string) => createHmac(algorithm, secret).update(body).digest('hex');
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/sandbox',
    'x-github-event': event,
    'x-github-delivery': guid,
    'x-github-hook-id': String(APP.id),
    'x-github-hook-installation-target-id': String(APP.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': `sha1=${sign('sha1')}`,
    'x-hub-signature-256': `sha256=${sign('sha256')}`,
  };
}

/** Why nobody answered: `fetch` itself only says that it failed. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
