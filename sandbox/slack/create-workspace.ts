import type { Faults } from '../faults.ts';
import { Changes } from './changes.ts';
import { Conversations } from './conversations.ts';
import { Deliveries } from './deliveries.ts';
import type { Transport } from './envelope.ts';
import { type Clock, Identifiers } from './identifiers.ts';
import { Messages } from './messages.ts';
import { Reactions } from './reactions.ts';
import { ResponseUrls } from './response-urls.ts';
import { ScheduledMessages } from './scheduled-messages.ts';
import type { Channel } from './seed.ts';
import type { Settings } from './settings.ts';
import { SocketMode } from './socket-mode.ts';
import type { Timing } from './timing.ts';
import { Triggers } from './triggers.ts';
import { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/** An empty workspace: its people and channels, and nothing said yet. */
export function createWorkspace(from: {
  origin: () => string;
  faults: Faults;
  clock: Clock;
  timing: Timing;
  channels?: readonly Channel[];
  settings: () => Settings;
  /** What takes the place of Socket Mode, when something does. */
  otherTransport: () => Transport | undefined;
}): Workspace {
  const { origin, faults, clock, timing, settings } = from;
  const identifiers = new Identifiers(clock);
  const changes = new Changes();
  const messages = new Messages(identifiers, changes);
  const isAccepting = () => settings().acceptsConnections && settings().socketMode;
  const socket = new SocketMode({ clock, timing, isAccepting });
  const transport = () => from.otherTransport() ?? socket;
  return {
    clock,
    identifiers,
    changes,
    origin,
    settings,
    socket,
    messages,
    conversations: new Conversations(from.channels),
    reactions: new Reactions(changes),
    scheduled: new ScheduledMessages({ clock, identifiers, messages }),
    views: new Views(identifiers, changes),
    triggers: new Triggers(clock, identifiers),
    responseUrls: new ResponseUrls({ clock, identifiers, origin }),
    deliveries: new Deliveries({ transport, faults, identifiers, timing }),
  };
}
