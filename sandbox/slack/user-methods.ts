import { flag, type Method, page, requiredString } from './call.ts';
import type { JsonObject } from './json.ts';
import { BOT_ID, PARTNER_TEAM_ID, TEAM, USER_GROUPS, USERS, type User, type UserGroup } from './seed.ts';
import { SlackError } from './slack-error.ts';
import { timeZoneAt } from './time-zone.ts';
import type { Workspace } from './workspace.ts';

const info: Method = ({ args, workspace }) => {
  const user = workspace.conversations.user(requiredString(args, 'user'));
  if (!user) throw new SlackError('user_not_found');
  return { user: userObject(user, workspace) };
};

const list: Method = ({ args, workspace }) => {
  const { items, next } = page(USERS, args);
  const members = items.map((user) => userObject(user, workspace));
  return { members, cache_ts: seconds(workspace), response_metadata: { next_cursor: next } };
};

const byEmail: Method = ({ args, workspace }) => {
  const email = requiredString(args, 'email').toLowerCase();
  const user = USERS.find((one) => one.kind !== 'bot' && emailOf(one) === email);
  // Slack finds nobody who has left.
  if (!user || user.kind === 'deactivated') throw new SlackError('users_not_found');
  return { user: userObject(user, workspace) };
};

const groups: Method = ({ args }) => ({
  usergroups: USER_GROUPS.map((group) => groupObject(group, flag(args, 'include_users'))),
});

const groupUsers: Method = ({ args }) => {
  const id = requiredString(args, 'usergroup');
  const group = USER_GROUPS.find((one) => one.id === id);
  if (!group) throw new SlackError('no_such_subteam');
  return { users: group.users };
};

export const USER_METHODS: Readonly<Record<string, Method>> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': byEmail,
  'usergroups.list': groups,
  'usergroups.users.list': groupUsers,
};

function userObject(user: User, workspace: Workspace): JsonObject {
  const isDeleted = user.kind === 'deactivated';
  const isStranger = user.kind === 'stranger';
  const mayReadEmail = workspace.settings().scopes.includes('users:read.email') && user.kind !== 'bot';
  const profile = {
    real_name: user.displayName,
    display_name: user.displayName,
    title: user.title,
    team: TEAM.id,
    ...(mayReadEmail && { email: emailOf(user) }),
    ...(user.kind === 'bot' && { bot_id: BOT_ID }),
  };
  const team = isStranger ? PARTNER_TEAM_ID : TEAM.id;
  const common = { id: user.id, team_id: team, name: user.name, deleted: isDeleted, profile };
  // Slack keeps neither time zone nor roles of a deactivated account.
  if (isDeleted) return { ...common, is_bot: false };
  return {
    ...common,
    real_name: user.displayName,
    ...timeZoneAt(user.timeZone, workspace.clock.now()),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.kind === 'guest',
    is_ultra_restricted: false,
    ...(isStranger && { is_stranger: true }),
    is_bot: user.kind === 'bot',
    is_app_user: false,
    is_email_confirmed: user.kind !== 'bot',
  };
}

function emailOf(user: User): string {
  return `${user.name}@acme.example`;
}

function groupObject(group: UserGroup, includeUsers: boolean): JsonObject {
  return {
    id: group.id,
    team_id: TEAM.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    description: '',
    date_delete: 0,
    user_count: group.users.length,
    ...(includeUsers && { users: group.users }),
  };
}

function seconds(workspace: Workspace): number {
  return Math.floor(workspace.clock.now() / 1000);
}
