import { ControlError, type SlackUserSummary } from '../parts.ts';
import type { Conversations } from './conversations.ts';
import type { Channel, User } from './seed.ts';

/** The person who acts. Throws ControlError when there is none, or when Slack would have signed them out. */
export function actingUser(id: string, conversations: Conversations): User {
  const user = conversations.user(id);
  if (!user) throw new ControlError(404, `There is no user ${id}. See the users in the sandbox's state.`);
  if (user.kind === 'deactivated') {
    throw new ControlError(
      403,
      `${user.displayName}'s account is deactivated, so Slack has signed them out.`,
    );
  }
  if (user.kind === 'bot') throw new ControlError(403, `${user.displayName} is an app. Act as a person.`);
  return user;
}

/** A channel by id or name. Throws ControlError 404 when there is none. */
function knownChannel(key: string, conversations: Conversations): Channel {
  const channel = conversations.byIdOrName(key);
  if (channel) return channel;
  const names = conversations.all().map((one) => one.name);
  throw new ControlError(404, `There is no channel ${key}. Choose one of: ${names.join(', ')}.`);
}

/** A channel the person is in. Throws ControlError 403 when they are not. */
export function joinedChannel(key: string, user: User, conversations: Conversations): Channel {
  const channel = knownChannel(key, conversations);
  if (channel.members.includes(user.id)) return channel;
  throw new ControlError(
    403,
    `${user.displayName} is not in ${channel.name}. Choose another channel or person.`,
  );
}

export function userSummary({ id, displayName, title, kind }: User): SlackUserSummary {
  return { id, name: displayName, title, kind };
}
