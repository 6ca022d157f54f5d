import type { JsonObject } from './json.ts';
import {
  APP_ID,
  BOT_USER_ID,
  type Channel,
  PARTNER_TEAM_ID,
  TEAM,
  type User,
  VERIFICATION_TOKEN,
} from './seed.ts';
import type { Workspace } from './workspace.ts';

/** What every interactive payload begins with. */
export function interactivePayload(type: string, user: User): JsonObject {
  return {
    type,
    user: {
      id: user.id,
      username: user.name,
      name: user.name,
      team_id: user.kind === 'stranger' ? PARTNER_TEAM_ID : TEAM.id,
    },
    api_app_id: APP_ID,
    token: VERIFICATION_TOKEN,
    team: { id: TEAM.id, domain: TEAM.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelReference(channel: Channel): { id: string; name: string } {
  return { id: channel.id, name: channel.directWith === undefined ? channel.name : 'directmessage' };
}

/** An event in its wrapper. */
export function eventPayload(event: JsonObject, workspace: Workspace): JsonObject {
  return {
    token: VERIFICATION_TOKEN,
    team_id: TEAM.id,
    api_app_id: APP_ID,
    event,
    type: 'event_callback',
    event_id: workspace.identifiers.withPrefix('Ev'),
    event_time: Math.floor(workspace.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM.id,
        user_id: BOT_USER_ID,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
