import type { Changes } from './changes.ts';
import type { Conversations } from './conversations.ts';
import type { Deliveries } from './deliveries.ts';
import type { Clock, Identifiers } from './identifiers.ts';
import type { Messages } from './messages.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';

export type Settings = {
  /** False for a workspace that refuses plan, task_card, table, markdown and the other blocks of 2026. */
  readonly newBlocks: boolean;
  /** The scopes the bot token was granted. */
  readonly scopes: readonly string[];
};

/** Everything the methods and the people's actions share. */
export type Workspace = {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly changes: Changes;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly socket: SocketMode;
  readonly deliveries: Deliveries;
  readonly origin: () => string;
  settings(): Settings;
};
