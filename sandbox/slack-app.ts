import { parse } from 'yaml';
import { z } from 'zod';
import type { SettingsChange } from './slack/settings.ts';

const Shortcut = z
  .object({ name: z.string(), type: z.enum(['global', 'message']), callback_id: z.string() })
  .transform(({ name, type, callback_id }) => ({ name, type, callbackId: callback_id }));
/** What people find in the composer's menu (`global`) or in a message's (`message`). */
export type Shortcut = z.infer<typeof Shortcut>;

const Shortcuts = z.object({ features: z.object({ shortcuts: z.array(Shortcut).default([]) }) });

const Manifest = z.object({
  features: z.object({
    app_home: z.object({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/**
 * The app as its manifest describes it, so that a scope or a subscription that is missing there is missing in the
 * sandbox too. Throws when the manifest can't be read.
 */
export function slackAppOf(manifest: string): SettingsChange {
  const { features, oauth_config, settings } = Manifest.parse(parse(manifest));
  const { home_tab_enabled, messages_tab_enabled, messages_tab_read_only_enabled } = features.app_home;
  const whenEnabled = messages_tab_read_only_enabled ? 'read-only' : 'open';
  return {
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
    homeTab: home_tab_enabled,
    messagesTab: messages_tab_enabled ? whenEnabled : 'off',
  };
}

/** The app's shortcuts as its manifest lists them. Throws when the manifest can't be read. */
export function shortcutsOf(manifest: string): Shortcut[] {
  return Shortcuts.parse(parse(manifest)).features.shortcuts;
}
