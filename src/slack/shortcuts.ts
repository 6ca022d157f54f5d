import { z } from 'zod';
import type { Shortcut } from '../ports/incoming.ts';
import { postIdOf } from './find-posted.ts';

const OfApp = z.object({ app_id: z.string().optional() }).optional().catch(undefined);

const Body = z.object({
  type: z.enum(['shortcut', 'message_action']),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  api_app_id: z.string().optional(),
  callback_id: z.string(),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).nullish(),
  message: z
    .object({
      ts: z.string(),
      text: z.string().default(''),
      app_id: z.string().optional(),
      bot_profile: OfApp,
      metadata: z.unknown().optional(),
    })
    .optional(),
});
type Body = z.infer<typeof Body>;

/** Throws a ZodError when Slack sent something else than it documents. */
export function readShortcut(body: unknown, { receivedAt }: { receivedAt: number }): Shortcut {
  const shortcut = Body.parse(body);
  const { user, trigger_id, response_url, channel, callback_id } = shortcut;
  const on = messageOf(shortcut);
  return {
    kind: 'shortcut',
    id: `shortcut:${trigger_id}`,
    userId: user.id,
    ...(user.team_id === undefined ? {} : { userTeam: user.team_id }),
    receivedAt,
    callbackId: callback_id,
    ...(on === undefined ? {} : { on }),
    ...(channel ? { channel: channel.id } : {}),
    ...(response_url === undefined ? {} : { responseUrl: response_url }),
    triggerId: trigger_id,
  };
}

function messageOf({ channel, message, api_app_id }: Body): Shortcut['on'] {
  if (!channel || message === undefined) return undefined;
  const author = message.app_id ?? message.bot_profile?.app_id;
  const post = postIdOf(message.metadata);
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    isOurs: author !== undefined && author === api_app_id,
    ...(post === undefined ? {} : { post }),
  };
}
