import type { Faults } from '../faults.ts';
import type { Delivery, SlackPart } from '../parts.ts';
import { type ChannelChange, changeChannel } from './channel-change.ts';
import { click } from './clicks.ts';
import { typeCommand } from './commands.ts';
import { createWorkspace } from './create-workspace.ts';
import { openHome } from './home-tab.ts';
import type { HttpMode } from './http-mode.ts';
import type { Clock } from './identifiers.ts';
import { actingUser, joinedChannel, userSummary } from './people.ts';
import { RateLimits } from './rate-limits.ts';
import type { RateUsage } from './rate-usage.ts';
import { verifiedHttpMode } from './request-url.ts';
import { answerResponseUrl } from './responses.ts';
import { type Channel, SIGNING_SECRET, USERS } from './seed.ts';
import { FIRST_SETTINGS, type Settings, type SettingsChange } from './settings.ts';
import { type ShortcutRequest, useShortcut } from './shortcuts.ts';
import { type SpeechRequest, type Spoken, say } from './speech.ts';
import { close, submit } from './submissions.ts';
import { type Suggested, type SuggestRequest, suggest } from './suggestions.ts';
import { type Timing, timingAt } from './timing.ts';
import { viewSummary } from './views.ts';
import { answerWebApi } from './web-api.ts';

export type SlackOptions = {
  /** The address at which this part is reached, without a slash at its end; asked when it is needed. */
  readonly origin: () => string;
  readonly faults: Faults;
  readonly clock?: Clock;
  readonly scopes?: readonly string[];
  /** Channels besides those everybody finds. */
  readonly channels?: readonly Channel[];
  readonly settings?: SettingsChange;
  /** How much faster than in Slack calls may come: 1 as Slack, 10 ten times, `Infinity` no limit. */
  readonly rateLimitScale?: number;
  /** How much faster than in Slack events come again and connections are replaced. */
  readonly speed?: number;
  /** How long an app has to acknowledge; Slack's 3 s unless told. */
  readonly ackMs?: number;
  /** When an event nobody acknowledged comes again. */
  readonly eventRetryDelaysMs?: readonly number[];
  readonly timing?: Partial<Timing>;
};

export type ConnectionsAction = 'warn' | 'refresh' | 'cut' | 'silence';

export type SlackServer = SlackPart & {
  settings(): Settings;
  /** Changes the workspace while it runs. */
  configure(change: SettingsChange): void;
  /** Archives a channel or takes the app out of it. Throws ControlError 404. */
  changeChannel(channel: string, change: ChannelChange): void;
  /** Asks every Socket Mode connection to be replaced, as Slack does every few hours. */
  refresh(): void;
  /**
   * Acts on every Socket Mode connection: `warn` that it will be replaced, and replace it a while later; `refresh` it
   * at once; `cut` it without a close frame; `silence` it, so that it stays open and nothing passes any more.
   */
  connections(action: ConnectionsAction): void;
  /** How many Socket Mode connections Slack would deliver to. */
  connectionCount(): number;
  /**
   * Delivers by signed requests to this address from now on, once it answered the challenge; undefined goes back to
   * Socket Mode. Throws ControlError 400 when it did not answer.
   */
  useRequestUrl(url: string | undefined): Promise<void>;
  /** Asks the request URL whether its certificate holds, as Slack does now and then. */
  checkSsl(): Promise<boolean>;
  shortcut(request: ShortcutRequest): Promise<Delivery>;
  suggest(request: SuggestRequest): Promise<Suggested>;
  say(request: SpeechRequest): Promise<Spoken>;
  /** Every call of the Web API so far, counted against its limit. */
  rateLimitUsage(): RateUsage[];
};

const SYSTEM_CLOCK: Clock = { now: () => Date.now() };

/** A Slack workspace of one's own: Web API, Socket Mode, response addresses and the people in it. */
export function createSlack(options: SlackOptions): SlackServer {
  const { origin, faults, clock = SYSTEM_CLOCK } = options;
  let settings = firstSettings(options);
  let httpMode: HttpMode | undefined;
  const timing = timingOf(options);
  const workspace = createWorkspace({
    origin,
    faults,
    clock,
    timing,
    ...(options.channels && { channels: options.channels }),
    settings: () => settings,
    otherTransport: () => httpMode,
  });
  const rateLimits = new RateLimits(clock, options.rateLimitScale ?? 1);
  const api = { workspace, faults, rateLimits };
  const { conversations, messages, views, socket } = workspace;

  return {
    async handle(request, response, url) {
      const answers = answererOf(url.pathname);
      if (answers === 'web-api') await answerWebApi(api, { request, response, url });
      if (answers === 'response-url') await answerResponseUrl(api, { request, response, url });
      return answers !== undefined;
    },
    upgrade: (request, stream, head) => socket.upgrade(request, stream, head),
    stop: () => {
      workspace.deliveries.stop();
      workspace.scheduled.stop();
      httpMode?.cut();
      socket.stop();
      return Promise.resolve();
    },
    settings: () => settings,
    configure: (change) => {
      settings = { ...settings, ...change };
      if (!settings.socketMode) socket.disable();
    },
    changeChannel: (channel, change) => changeChannel(channel, change, workspace),
    refresh: () => socket.refresh(),
    connections: (action) => socket[action](),
    connectionCount: () => socket.connections,
    useRequestUrl: async (url) => {
      if (url === undefined) httpMode = undefined;
      else httpMode = await verifiedHttpMode({ to: { url, signingSecret: SIGNING_SECRET }, clock, timing });
    },
    checkSsl: async () => (await httpMode?.passesSslCheck()) === true,
    shortcut: async (request) => useShortcut(request, workspace),
    suggest: async (request) => suggest(request, workspace),
    say: async (request) => say(request, workspace),
    rateLimitUsage: () => rateLimits.usage(),
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

function firstSettings({ settings, scopes }: SlackOptions): Settings {
  return { ...FIRST_SETTINGS, ...settings, ...(scopes && { scopes }) };
}

function timingOf({ speed = 1, ackMs, eventRetryDelaysMs, timing }: SlackOptions): Timing {
  return {
    ...timingAt(speed),
    ...(ackMs !== undefined && { ackMs }),
    ...(eventRetryDelaysMs && { eventRetryDelaysMs }),
    ...timing,
  };
}

function answererOf(path: string): 'web-api' | 'response-url' | undefined {
  if (path.startsWith('/api/')) return 'web-api';
  return path.startsWith('/commands/') || path.startsWith('/actions/') ? 'response-url' : undefined;
}
