import { z } from 'zod';
import { as, channel, viewId } from './control-fields.ts';
import { SettingsChange } from './slack/settings.ts';

export const ChangeSettings = SettingsChange;
export const ActOnConnections = z.strictObject({
  action: z.enum(['warn', 'refresh', 'cut', 'silence'], {
    error: 'what to do with them: warn, refresh, cut or silence',
  }),
});
export const ChangeChannel = z.strictObject({
  channel,
  archived: z.boolean().optional(),
  has_app: z.boolean().optional(),
});
export const SetRequestUrl = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'the address of an app, or null for Socket Mode' }).nullable(),
});
export const UseShortcut = z.strictObject({
  as,
  callback_id: z.string({ error: 'the callback_id of the shortcut' }).min(1),
  channel: channel.optional(),
  ts: z.string().optional(),
});
export const Suggest = z.strictObject({
  as,
  channel: channel.optional(),
  ts: z.string().optional(),
  view_id: viewId.optional(),
  action_id: z.string({ error: 'the action_id of the menu' }).min(1),
  block_id: z.string().optional(),
  value: z.string({ error: 'what has been typed into the menu so far' }),
});
export const Say = z.strictObject({
  as,
  channel,
  text: z.string({ error: 'what to write' }).min(1, 'what to write'),
  thread_ts: z.string().optional(),
});
