import { ControlError, type SlackPart } from './parts.ts';

/** Throws ControlError 404 that names who there is. */
export function knownUser(slack: SlackPart, id: string): string {
  const users = slack.users();
  if (users.some((user) => user.id === id)) return id;
  const names = users.map((user) => `${user.id} (${user.name})`).join(', ');
  throw new ControlError(404, `as: there is no user "${id}". There are ${names}.`);
}

/** The id of a channel given by id, name or #name; what is not listed (a direct message) is left to Slack. */
export function channelId(slack: SlackPart, nameOrId: string): string {
  const name = nameOrId.replace(/^#/, '');
  const found = slack.channels().find((channel) => channel.id === name || channel.name === name);
  return found?.id ?? nameOrId;
}
