import { z } from 'zod';
import { GRANTED_SCOPES } from './scopes.ts';

/** What an administrator of the workspace, or of the app, may change while everything runs. */
export const Settings = z.strictObject({
  /** False for a workspace that refuses plan, task_card, table, markdown and the other blocks of 2026. */
  newBlocks: z.boolean(),
  /** The scopes the bot token was granted. */
  scopes: z.array(z.string()).readonly(),
  /** The events the app subscribed to, as the manifest names them: `app_mention`, `message.channels` … */
  events: z.array(z.string()).readonly(),
  /** What became of the bot token. */
  token: z.enum(['active', 'revoked', 'inactive']),
  /** False switches Socket Mode off: connections are told `link_disabled` and no new one can be opened. */
  socketMode: z.boolean(),
  /** False refuses new connections at the door, as an outage of Slack's does; open ones stay. */
  acceptsConnections: z.boolean(),
  homeTab: z.boolean(),
  /** Whether people and the app may write in their direct message. */
  messagesTab: z.enum(['open', 'read-only', 'off']),
  /** How long messages may be edited after they were posted; null without end. */
  editWindowMinutes: z.number().min(0).nullable(),
});
export type Settings = z.infer<typeof Settings>;

export const SettingsChange = Settings.partial();
export type SettingsChange = Partial<Settings>;

export const FIRST_SETTINGS: Settings = {
  newBlocks: true,
  scopes: GRANTED_SCOPES,
  events: ['app_home_opened'],
  token: 'active',
  socketMode: true,
  acceptsConnections: true,
  homeTab: true,
  messagesTab: 'read-only',
  editWindowMinutes: null,
};
