import type { JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import { APP_ID, BOT_ID, BOT_USER_ID, TEAM } from './seed.ts';

const BOT_PROFILE = {
  id: BOT_ID,
  app_id: APP_ID,
  user_id: BOT_USER_ID,
  name: 'Forge',
  icons: {},
  deleted: false,
  updated: 0,
  team_id: TEAM.id,
};

/** A message as the API and the payloads show it. */
export function messageObject(message: Message): JsonObject {
  const author =
    message.user === BOT_USER_ID ? { bot_id: BOT_ID, app_id: APP_ID, bot_profile: BOT_PROFILE } : {};
  return {
    type: 'message',
    user: message.user,
    ...author,
    team: TEAM.id,
    text: message.text,
    ts: message.ts,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.attachments.length > 0 && { attachments: message.attachments }),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(message.broadcast === true && { subtype: 'thread_broadcast' }),
    ...(message.edited === true && { edited: { user: message.user, ts: message.ts } }),
    ...(message.metadata && { metadata: message.metadata }),
  };
}
