import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { quietSettings } from '../../sandbox/aws/settings.ts';
import type { FaultEntry } from '../../sandbox/faults.ts';
import { createPage } from '../../sandbox/page.ts';
import type { ServiceState, SlackMessage, SlackUserSummary, SlackView } from '../../sandbox/parts.ts';
import { FIRST_SETTINGS } from '../../sandbox/slack/settings.ts';
import type { Shortcut } from '../../sandbox/slack-app.ts';

type Answer = { status: number; body: unknown };
export type Sent = { path: string; body: Record<string, unknown> };

/** The control API as the page meets it: kept in memory, scripted by tests. It never talks to Forge. */
export class FakeSandbox {
  users: SlackUserSummary[] = [
    { id: 'U0MAYA', name: 'Maya Chen', title: 'Product manager', kind: 'member' },
    { id: 'U0LENA', name: 'Lena Fischer', title: 'Approver', kind: 'member' },
    { id: 'U0GUEST', name: 'Gus Guest', title: 'Guest', kind: 'guest' },
    { id: 'U0DORA', name: 'Dora Gone', title: 'Former analyst', kind: 'deactivated' },
    { id: 'U0FORGE', name: 'Forge', title: '', kind: 'bot' },
  ];
  channels = [
    { id: 'C0DEPLOYS', name: 'deploys' },
    { id: 'C0GENERAL', name: 'general' },
    { id: 'D0MAYA', name: 'Maya Chen' },
  ];
  services: ServiceState[] = [];
  forge = { pid: 4711, ready: true };
  faults: FaultEntry[] = [];
  switches: { slack: unknown; aws: unknown } = { slack: FIRST_SETTINGS, aws: quietSettings };
  shortcuts: Shortcut[] = [];
  /** What GET /sandbox/requests answers. */
  requests: { sequence: number; service: string; operation: string }[] = [];
  /** How often the state was read. */
  stateReadings = 0;
  readonly sent: Sent[] = [];
  /** What a POST answers; by default it is acknowledged. */
  readonly answers = new Map<string, (body: Record<string, unknown>) => Answer>();
  readonly #messages = new Map<string, { message: SlackMessage; shownTo?: string }[]>();
  readonly #views = new Map<string, SlackView[]>();
  readonly #homes = new Map<string, SlackView>();
  readonly #streams = new Set<ServerResponse>();
  readonly #page = createPage();
  readonly #server: Server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => response.destroy(toError(error)));
  });
  #origin = '';
  #lastTs = Math.floor(Date.now() / 1000) - 60;

  get origin(): string {
    return this.#origin;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#origin = `http://127.0.0.1:${portOf(this.#server.address())}`;
  }

  async stop(): Promise<void> {
    this.cutStreams();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Ends every open event stream, as a restart of the sandbox does. */
  cutStreams(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  /** Returns the new message's ts. */
  post(channel: string, message: Partial<SlackMessage> & { shownTo?: string }): string {
    const { shownTo, ...given } = message;
    this.#lastTs += 1;
    const ts = given.ts ?? `${this.#lastTs}.000100`;
    const full = {
      user: 'U0FORGE',
      text: '',
      blocks: [],
      ephemeral: shownTo !== undefined,
      edited: false,
      ...given,
      ts,
    };
    const own = this.#messages.get(channel) ?? [];
    this.#messages.set(channel, [...own, { message: full, ...(shownTo === undefined ? {} : { shownTo }) }]);
    this.#tell({ what: 'messages', channel: this.#channelId(channel) });
    return ts;
  }

  edit(channel: string, ts: string, change: Partial<SlackMessage>): void {
    const own = this.#messages.get(channel) ?? [];
    this.#messages.set(
      channel,
      own.map((entry) =>
        entry.message.ts === ts ? { ...entry, message: { ...entry.message, ...change } } : entry,
      ),
    );
    this.#tell({ what: 'messages', channel: this.#channelId(channel) });
  }

  setViews(user: string, views: SlackView[]): void {
    this.#views.set(user, views);
    this.#tell({ what: 'views' });
  }

  setHome(user: string, blocks: unknown[]): void {
    this.#homes.set(user, { id: `V0HOME${user}`, type: 'home', view: { type: 'home', blocks }, hash: 'h' });
    this.#tell({ what: 'home' });
  }

  tellState(): void {
    this.#tell({ what: 'state' });
  }

  sentTo(path: string): Record<string, unknown>[] {
    return this.sent.filter((sent) => sent.path === path).map((sent) => sent.body);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.#origin);
    if (await this.#page.handle(request, response, url)) return;
    if (url.pathname === '/sandbox/stream') return this.#openStream(response);
    const answer = request.method === 'POST' ? await this.#act(request, url) : this.#read(url);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  }

  #read(url: URL): Answer {
    const as = url.searchParams.get('as') ?? '';
    const channel = /^\/sandbox\/channels\/([^/]+)\/messages$/.exec(url.pathname)?.[1];
    if (channel !== undefined) return this.#readMessages(decodeURIComponent(channel), as);
    switch (url.pathname) {
      case '/sandbox/state':
        this.stateReadings += 1;
        return ok({
          users: this.users,
          channels: this.channels,
          services: this.services,
          forge: this.forge,
          faults: this.faults,
          switches: this.switches,
          shortcuts: this.shortcuts,
        });
      case '/sandbox/requests':
        return ok(this.#requestsAfter(Number(url.searchParams.get('after'))));
      case '/sandbox/views':
        return ok(this.#views.get(as) ?? []);
      case '/sandbox/home':
        return ok(this.#homes.get(as) ?? null);
      default:
        return { status: 404, body: { error: `There is no ${url.pathname}.` } };
    }
  }

  #requestsAfter(after: number): unknown[] {
    return this.requests.filter(({ sequence }) => sequence > after);
  }

  #readMessages(channel: string, as: string): Answer {
    const { id, name } = this.channels.find((one) => one.name === channel) ?? { id: '', name: channel };
    const kind = this.users.find((user) => user.id === as)?.kind;
    const isForeign = id.startsWith('D') && `U${id.slice(1)}` !== as;
    if (isForeign || kind === 'deactivated') return { status: 403, body: { error: `Not in ${name}.` } };
    const visible = (this.#messages.get(name) ?? []).filter(
      ({ shownTo }) => shownTo === undefined || shownTo === as,
    );
    return ok(visible.map(({ message }) => message));
  }

  async #act(request: IncomingMessage, url: URL): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body: Record<string, unknown> = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    this.sent.push({ path: url.pathname, body });
    return this.answers.get(url.pathname)?.(body) ?? ok({ acked: true, ms: 5 });
  }

  #openStream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 200\n\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  #tell(change: unknown): void {
    for (const stream of this.#streams) stream.write(`data: ${JSON.stringify(change)}\n\n`);
  }

  #channelId(name: string): string {
    return this.channels.find((channel) => channel.name === name)?.id ?? name;
  }
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The fake sandbox has no TCP address');
  return address.port;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
