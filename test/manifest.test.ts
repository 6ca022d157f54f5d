import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { commands } from '../commands/index.ts';
import { neededScopes } from '../src/slack/methods.ts';

const atMost = (length: number) => z.string().min(1).max(length);

/** Slack's limits for an app manifest. */
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({
    name: atMost(35),
    description: atMost(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: atMost(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: atMost(32).regex(/^\/[a-z]+$/),
          description: atMost(2_000),
          usage_hint: atMost(1_000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
    shortcuts: z
      .array(
        z.strictObject({
          name: atMost(24),
          type: z.enum(['global', 'message']),
          callback_id: atMost(255),
          description: atMost(150),
        }),
      )
      .max(10),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.boolean() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

const text = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
const manifest: z.infer<typeof Manifest> = parse(text);

describe('the app manifest', () => {
  it('stays within what Slack accepts', () => {
    expect(Manifest.safeParse(manifest).error).toBeUndefined();
  });

  it('asks for exactly the scopes of the methods Forge calls', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(neededScopes);
  });

  it.each(neededScopes)('says what the scope %s is for', (scope) => {
    expect(text).toMatch(new RegExp(`^ +- ${scope} +# .{5,}$`, 'm'));
  });

  it('has people and channels in commands arrive as ids', () => {
    expect(manifest.features.slash_commands).toMatchObject([{ command: '/forge', should_escape: true }]);
  });

  it('hints at commands there are', () => {
    const [hint = ''] = manifest.features.slash_commands.map(({ usage_hint }) => usage_hint);
    const hinted = hint.split(' · ').map((example) => example.split(' ', 1)[0] ?? '');

    expect(hinted).toEqual(expect.arrayContaining(['deploy', 'ship', 'rollback', 'help']));
    expect(hinted.filter((name) => commands[name] === undefined)).toEqual([]);
  });

  it('switches on what Forge receives: buttons, the App Home and Socket Mode', () => {
    expect(manifest.settings).toMatchObject({
      event_subscriptions: { bot_events: ['app_home_opened'] },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    });
    expect(manifest.features.app_home.home_tab_enabled).toBe(true);
  });
});
