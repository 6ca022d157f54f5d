import type { Faults } from '../faults.ts';
import type { SlackPart } from '../parts.ts';
import { Changes } from './changes.ts';
import { click } from './clicks.ts';
import { typeCommand } from './commands.ts';
import { Conversations } from './conversations.ts';
import { Deliveries } from './deliveries.ts';
import { openHome } from './home-tab.ts';
import { type Clock, Identifiers } from './identifiers.ts';
import { Messages } from './messages.ts';
import { actingUser, joinedChannel, userSummary } from './people.ts';
import { RateLimits } from './rate-limits.ts';
import { ResponseUrls } from './response-urls.ts';
import { answerResponseUrl } from './responses.ts';
import { GRANTED_SCOPES } from './scopes.ts';
import { USERS } from './seed.ts';
import { SocketMode } from './socket-mode.ts';
import { close, submit } from './submissions.ts';
import { Triggers } from './triggers.ts';
import { Views, viewSummary } from './views.ts';
import { answerWebApi } from './web-api.ts';
import type { Settings, Workspace } from './workspace.ts';

export type SlackOptions = {
  /** The address at which this part is reached, without a slash at its end; asked when it is needed. */
  readonly origin: () => string;
  readonly faults: Faults;
  readonly clock?: Clock;
  readonly scopes?: readonly string[];
  /** How much faster than in Slack calls may come: 1 as Slack, 10 ten times, `Infinity` no limit. */
  readonly rateLimitScale?: number;
  /** How long an app has to acknowledge; Slack's 3 s unless told. */
  readonly ackMs?: number;
  /** When an event nobody acknowledged comes again. */
  readonly eventRetryDelaysMs?: readonly number[];
};

export type SlackServer = SlackPart & {
  /** Changes the workspace while it runs. */
  configure(settings: Partial<Settings>): void;
  /** Asks every Socket Mode connection to be replaced, as Slack does every few hours. */
  refresh(): void;
};

const ACK_MS = 3000;
const EVENT_RETRY_DELAYS_MS: readonly number[] = [0, 60_000, 300_000];
const SYSTEM_CLOCK: Clock = { now: () => Date.now() };

/** A Slack workspace of one's own: Web API, Socket Mode, response addresses and the people in it. */
export function createSlack(options: SlackOptions): SlackServer {
  let settings: Settings = { newBlocks: true, scopes: options.scopes ?? GRANTED_SCOPES };
  const workspace = createWorkspace(options, () => settings);
  const rateLimits = new RateLimits(workspace.clock, options.rateLimitScale ?? 1);
  const api = { workspace, faults: options.faults, rateLimits };
  const { conversations, messages, views } = workspace;

  return {
    async handle(request, response, url) {
      const answers = answererOf(url.pathname);
      if (answers === 'web-api') await answerWebApi(api, { request, response, url });
      if (answers === 'response-url') await answerResponseUrl(api, { request, response, url });
      return answers !== undefined;
    },
    upgrade: (request, socket, head) => workspace.socket.upgrade(request, socket, head),
    stop: () => {
      workspace.deliveries.stop();
      workspace.socket.stop();
      return Promise.resolve();
    },
    configure: (change) => {
      settings = { ...settings, ...change };
    },
    refresh: () => workspace.socket.refresh(),
    users: () => USERS.map(userSummary),
    channels: () =>
      conversations
        .all()
        .filter(({ archived }) => !archived)
        .filter(({ id, directWith }) => directWith === undefined || messages.has(id))
        .map(({ id, name }) => ({ id, name })),
    messages: (channel, as) => {
      const user = actingUser(as, conversations);
      return messages.visibleTo(joinedChannel(channel, user, conversations).id, user.id);
    },
    command: async (request) => typeCommand(request, workspace),
    click: async (request) => click(request, workspace),
    submit: async (request) => submit(request, workspace),
    close: async (request) => close(request, workspace),
    views: (as) => views.stack(actingUser(as, conversations).id).map(viewSummary),
    openHome: async (as) => openHome(as, workspace),
    home: (as) => {
      const home = views.home(actingUser(as, conversations).id);
      return home && viewSummary(home);
    },
    subscribe: (listener) => workspace.changes.subscribe(listener),
  };
}

function createWorkspace(options: SlackOptions, settings: () => Settings): Workspace {
  const { origin, faults, clock = SYSTEM_CLOCK } = options;
  const identifiers = new Identifiers(clock);
  const changes = new Changes();
  const socket = new SocketMode({ clock, ackMs: options.ackMs ?? ACK_MS });
  const eventRetryDelaysMs = options.eventRetryDelaysMs ?? EVENT_RETRY_DELAYS_MS;
  return {
    clock,
    identifiers,
    changes,
    origin,
    settings,
    socket,
    conversations: new Conversations(),
    messages: new Messages(identifiers, changes),
    views: new Views(identifiers, changes),
    triggers: new Triggers(clock, identifiers),
    responseUrls: new ResponseUrls({ clock, identifiers, origin }),
    deliveries: new Deliveries({ socket, faults, identifiers, eventRetryDelaysMs }),
  };
}

function answererOf(path: string): 'web-api' | 'response-url' | undefined {
  if (path.startsWith('/api/')) return 'web-api';
  return path.startsWith('/commands/') || path.startsWith('/actions/') ? 'response-url' : undefined;
}
