import { type Method, optionalString, requiredString } from './call.ts';
import { channelById, requireMember } from './channel-of.ts';
import { APP_ID, BOT_ID, BOT_USER_ID, TEAM } from './seed.ts';
import { SlackError } from './slack-error.ts';

const test: Method = () => ({
  url: `https://${TEAM.domain}.slack.com/`,
  team: TEAM.name,
  user: 'forge',
  team_id: TEAM.id,
  user_id: BOT_USER_ID,
  bot_id: BOT_ID,
  is_enterprise_install: false,
});

const openConnection: Method = ({ workspace }) => ({ url: workspace.socket.address(workspace.origin()) });

const team: Method = () => ({
  team: { ...TEAM, url: `https://${TEAM.domain}.slack.com/`, email_domain: 'acme.example', icon: {} },
});

const bot: Method = ({ args }) => {
  const id = optionalString(args, 'bot');
  if (id !== undefined && id !== BOT_ID) throw new SlackError('bot_not_found');
  return {
    bot: { id: BOT_ID, deleted: false, name: 'Forge', app_id: APP_ID, user_id: BOT_USER_ID, icons: {} },
  };
};

const react: Method = (call) => {
  const { args, workspace } = call;
  const channel = channelById(call);
  requireMember(channel);
  if (!/^[a-z0-9_+-]+$/.test(requiredString(args, 'name'))) throw new SlackError('invalid_name');
  const message = workspace.messages.find(channel.id, requiredString(args, 'timestamp'));
  if (!message || message.shownTo !== undefined) throw new SlackError('message_not_found');
  return {};
};

export const WORKSPACE_METHODS: Readonly<Record<string, Method>> = {
  'auth.test': test,
  'apps.connections.open': openConnection,
  'team.info': team,
  'bots.info': bot,
  'reactions.add': react,
};
