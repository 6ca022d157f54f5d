import type { Changes } from './changes.ts';
import type { Conversations } from './conversations.ts';
import type { Deliveries } from './deliveries.ts';
import type { Clock, Identifiers } from './identifiers.ts';
import type { Messages } from './messages.ts';
import type { Reactions } from './reactions.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { ScheduledMessages } from './scheduled-messages.ts';
import type { Settings } from './settings.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';

/** Everything the methods and the people's actions share. */
export type Workspace = {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly changes: Changes;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly reactions: Reactions;
  readonly scheduled: ScheduledMessages;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly socket: SocketMode;
  readonly deliveries: Deliveries;
  readonly origin: () => string;
  settings(): Settings;
};
