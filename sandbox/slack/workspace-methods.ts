import { type Method, optionalString } from './call.ts';
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

const openConnection: Method = ({ workspace }) => {
  // What Slack answers here is not documented; this is its general word for what an app may not have.
  if (!workspace.settings().socketMode) throw new SlackError('access_denied');
  return { url: workspace.socket.address(workspace.origin()) };
};

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

const echo: Method = ({ args }) => {
  const error = optionalString(args, 'error');
  if (error !== undefined) throw new SlackError(error, { args });
  return { args };
};

export const WORKSPACE_METHODS: Readonly<Record<string, Method>> = {
  'auth.test': test,
  'apps.connections.open': openConnection,
  'team.info': team,
  'bots.info': bot,
  'api.test': echo,
};
