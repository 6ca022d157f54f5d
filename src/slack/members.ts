import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import { isGroup } from '../domain/people-policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { People } from '../ports/people.ts';
import { callSlack } from './call-slack.ts';
import type { UserGroups } from './user-groups.ts';

const CACHE_MS = 5 * 60_000;
const PAGE = 500;
/** Of a channel with more people than that nobody asks who they are. */
const MOST_PAGES = 20;

const Found = z.object({ user: z.object({ id: z.string() }) });
const Page = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
});

/** Who the people are that a group, an address or a channel stands for. */
export function createMembers({
  client,
  clock,
  userGroups,
}: {
  client: WebClient;
  clock: Clock;
  userGroups: UserGroups;
}): Pick<People, 'membersOf' | 'inChannel'> {
  const withAddress = remembered(clock, (address) => readAddress(client, address));
  return {
    async membersOf(subject) {
      if (subject.includes('@')) return withAddress(subject.toLowerCase());
      if (!isGroup(subject)) return [subject];
      return [...((await userGroups.all()).get(subject) ?? [])];
    },
    inChannel: remembered(clock, (channel) => readChannel(client, channel)),
  };
}

async function readAddress(client: WebClient, email: string): Promise<string[]> {
  try {
    const { user } = await callSlack(client, {
      method: 'users.lookupByEmail',
      body: { email },
      answer: Found,
    });
    return [user.id];
  } catch (error) {
    if (error instanceof WebAPIPlatformError && error.data.error === 'users_not_found') return [];
    throw new Error('Could not ask Slack who has an address of the policy', { cause: error });
  }
}

async function readChannel(client: WebClient, channel: string): Promise<ReadonlySet<string>> {
  const all = new Set<string>();
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await readPage(client, { channel, cursor });
    for (const member of answer.members) all.add(member);
    cursor = answer.response_metadata.next_cursor;
    if (cursor === '') return all;
  }
  throw new Error(`Slack has more than ${PAGE * MOST_PAGES} people in the channel ${channel}`);
}

async function readPage(
  client: WebClient,
  { channel, cursor }: { channel: string; cursor: string },
): Promise<z.infer<typeof Page>> {
  const body = { channel, limit: PAGE, ...(cursor !== '' && { cursor }) };
  try {
    return await callSlack(client, { method: 'conversations.members', body, answer: Page });
  } catch (error) {
    throw new Error(`Could not ask Slack who is in the channel ${channel}`, { cause: error });
  }
}

/** Asks once in five minutes for each key; what is asked at the same time is one question. A failure is not kept. */
function remembered<Answer>(
  clock: Clock,
  ask: (key: string) => Promise<Answer>,
): (key: string) => Promise<Answer> {
  const kept = new Map<string, { answer: Promise<Answer>; at: number }>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined && clock.now() - known.at < CACHE_MS) return known.answer;
    const answer = ask(key);
    kept.set(key, { answer, at: clock.now() });
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key);
    });
    return answer;
  };
}
