import { ControlError } from '../parts.ts';
import { BOT_USER_ID } from './seed.ts';
import type { Workspace } from './workspace.ts';

export type ChannelChange = {
  readonly archived?: boolean;
  /** Whether the app is in the channel. */
  readonly hasApp?: boolean;
};

/** Archives a channel, or takes the app out of it, as people do while it works. Throws ControlError 404. */
export function changeChannel(key: string, change: ChannelChange, workspace: Workspace): void {
  const { conversations, changes } = workspace;
  const channel = conversations.byIdOrName(key);
  if (!channel) throw new ControlError(404, `There is no channel ${key}.`);
  const archived = change.archived ?? channel.archived;
  conversations.change(channel.id, { archived, members: membersAfter(channel.members, change) });
  changes.emit({ what: 'messages', channel: channel.id });
}

function membersAfter(members: readonly string[], { hasApp }: ChannelChange): readonly string[] {
  if (hasApp === undefined) return members;
  const others = members.filter((id) => id !== BOT_USER_ID);
  return hasApp ? [...others, BOT_USER_ID] : others;
}
