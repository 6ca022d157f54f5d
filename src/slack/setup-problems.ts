import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { callSlack } from './call-slack.ts';
import { type Failure, failureInWords, failureOf } from './failure.ts';
import type { Identity } from './identity.ts';
import { neededScopes } from './methods.ts';

const Answer = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_archived: z.boolean().default(false),
    is_member: z.boolean().default(false),
  }),
});

/** One sentence for each configured channel Forge could not write to, with what to do. Reads only. */
export async function channelProblems(
  client: WebClient,
  { channelIds, identity }: { channelIds: readonly string[]; identity: Identity },
): Promise<string[]> {
  const problems: string[] = [];
  for (const id of new Set(channelIds)) {
    const problem = await channelProblem(client, id, identity.name);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

/** One sentence when the app was not granted everything Forge needs; undefined when it was, or Slack does not say. */
export function scopeProblem({ scopes }: Identity): string | undefined {
  if (scopes === undefined) return undefined;
  const missing = neededScopes.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return undefined;
  return `The Slack app was not granted ${missing.join(', ')}. Apply manifest.yml to the app at api.slack.com/apps and install it again.`;
}

async function channelProblem(client: WebClient, id: string, bot: string): Promise<string | undefined> {
  try {
    const body = { channel: id };
    const { channel } = await callSlack(client, { method: 'conversations.info', body, answer: Answer });
    const name = channel.name === undefined ? id : `#${channel.name}`;
    if (channel.is_archived) {
      return `The channel ${name} is archived. Unarchive it, or name another one in the policy file.`;
    }
    if (!channel.is_member) return `Forge is not in ${name}. Type /invite @${bot} there.`;
    return undefined;
  } catch (error) {
    return failedProblem(id, bot, failureOf(error));
  }
}

function failedProblem(id: string, bot: string, failure: Failure): string {
  if (failure.kind === 'refused' && failure.code === 'channel_not_found') {
    return `Forge cannot see the channel ${id}. If it is private, type /invite @${bot} there; otherwise correct its id in the policy file.`;
  }
  return `Forge could not look at the channel ${id}: ${failureInWords(failure)}.`;
}
