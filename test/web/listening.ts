import { createHmac } from 'node:crypto';
import { openDatabase } from '../../db/database.ts';
import { run, signal } from '../../db/schema.sqlite.ts';
import { createStore } from '../../db/store.ts';
import type { DeliveryDesk } from '../../src/ports/delivery.ts';
import type { Store } from '../../src/ports/store.ts';
import { createDeliveryDesk } from '../../src/use-cases/take-delivery.ts';
import { type WebLimits, webLimits } from '../../src/web/limits.ts';
import { createWebServer } from '../../src/web/server.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { silentLog } from '../fakes/log.ts';
import { followPolicy } from '../jobs/follow-world.ts';
import { person } from '../jobs/forge-world.ts';

export const SECRET = 'a secret of both sides';
export const COMMIT = 'c'.repeat(40);
/** The newest commit of what is shipped. */
export const HEAD = 'e'.repeat(40);

export type Listening = Awaited<ReturnType<typeof listen>>;

/** Forge's web server with what it keeps in a real database in memory. */
export async function listen({ limits = {} }: { limits?: Partial<WebLimits> } = {}) {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const logged: string[] = [];
  const log = { ...silentLog, error: (message: string) => logged.push(message) };
  const server = createWebServer(
    { port: 0, host: '127.0.0.1', webhookSecret: SECRET, limits: { ...webLimits, ...limits } },
    { log },
  );
  const desk = createDeliveryDesk({ store, policy: followPolicy, clock, log });
  const port = await server.start();
  server.serve(desk);
  return {
    ...{ store, database, server, port, desk, logged },
    origin: `http://127.0.0.1:${port}`,
    serve: (other: DeliveryDesk | undefined) => server.serve(other),
    /** What runs were started, that is: what was acted on. */
    acted: () => runsOf(database),
    /** Which runs were rung, and by what. */
    rung: () => ringsIn(database),
    ship: (branch: string) => ship(store, branch),
    async close(): Promise<void> {
      await server.stop();
      database.close();
    },
  };
}

function runsOf({ orm }: ReturnType<typeof openDatabase>): string[] {
  const rows = orm.select({ id: run.id, job: run.job }).from(run).all();
  return rows.filter(({ job }) => job === 'follow').map(({ id }) => id);
}

/** Somebody ships a branch into `main`. */
export async function ship(
  store: Store,
  branch: string,
  { head = HEAD, repository = 'acme/api' }: { head?: string; repository?: string } = {},
): Promise<void> {
  const shipment = await store.nextShipment();
  const asked = { service: 'api', repository, branch, base: 'main', channel: 'C0STAGING' };
  await store.commit([
    {
      ...{ kind: 'append-shipment', shipment, expect: 0, by: person().actor },
      events: [{ type: 'requested', ...asked, head }],
    },
  ]);
}

function ringsIn({ orm }: ReturnType<typeof openDatabase>): string[] {
  return orm
    .select()
    .from(signal)
    .all()
    .map(({ run: to, id, by }) => `${to} by ${by}: ${id}`);
}

export function pushBody(change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    ref: 'refs/heads/main',
    before: 'b'.repeat(40),
    after: COMMIT,
    repository: { full_name: 'acme/api' },
    head_commit: { id: COMMIT },
    pusher: { name: 'octocat', email: 'octocat@acme.example' },
    sender: { login: 'octocat' },
    ...change,
  });
}

export function signed(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

let deliveries = 0;

export function headersOf(
  body: string | Buffer,
  change: Record<string, string> = {},
): Record<string, string> {
  deliveries += 1;
  return {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': `delivery-${deliveries}`,
    'x-hub-signature-256': signed(body),
    ...change,
  };
}

/** Delivers as GitHub does; gives the status. Headers that are empty are left out. */
export async function deliver(
  origin: string,
  body: string | Buffer = pushBody(),
  headers: Record<string, string> = {},
): Promise<number> {
  const given = Object.entries(headersOf(body, headers)).filter(([, value]) => value !== '');
  const response = await fetch(`${origin}/github/webhook`, {
    ...{ method: 'POST', headers: Object.fromEntries(given) },
    body: new Uint8Array(Buffer.from(body)),
  });
  await response.arrayBuffer();
  return response.status;
}
