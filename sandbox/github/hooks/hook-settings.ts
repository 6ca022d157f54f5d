import { z } from 'zod';

/** Where webhooks go, and how badly. */
export const HookSettings = z.strictObject({
  /** Null: nowhere. */
  url: z.url({ protocol: /^https?$/ }).nullable(),
  secret: z.string().min(1),
  /** False: nothing is sent, and what happens meanwhile never will be. */
  active: z.boolean(),
  /** How long each is under way. */
  delayMs: z.int().min(0).max(600_000),
  /** How often each comes. */
  copies: z.int().min(1).max(5),
  /** `swapped`: each second one overtakes the one before it. */
  order: z.enum(['as-it-happened', 'swapped']),
});
export type HookSettings = z.infer<typeof HookSettings>;
export const HookSettingsChange = HookSettings.partial();

export const WEBHOOK_SECRET = 'sandbox-webhook-secret';

export const FIRST_HOOK_SETTINGS: HookSettings = {
  url: null,
  secret: WEBHOOK_SECRET,
  active: true,
  delayMs: 0,
  copies: 1,
  order: 'as-it-happened',
};
