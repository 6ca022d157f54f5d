import { setTimeout as wait } from 'node:timers/promises';
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { People, Person } from '../ports/people.ts';
import { callSlack } from './call-slack.ts';
import { createMembers } from './members.ts';
import { createUserGroups } from './user-groups.ts';

const cacheMs = 5 * 60_000;
/** A throttled question is asked again so often, after the time Slack names but never longer than this. */
const mostRepeats = 3;
const longestWaitMs = 15_000;

const User = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().default(''),
  real_name: z.string().optional(),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
  tz: z.string().nullish(),
  is_email_confirmed: z.boolean().default(false),
  profile: z
    .object({
      display_name: z.string().default(''),
      real_name: z.string().default(''),
      email: z.string().optional(),
    })
    .optional(),
});
type User = z.infer<typeof User>;
const Answer = z.object({ user: User });

/** `ownTeam` is the id of the workspace Forge is installed in. */
export function createPeople(parts: {
  client: WebClient;
  clock: Clock;
  ownTeam: () => Promise<string>;
}): People {
  const userGroups = createUserGroups(parts);
  const cache = new Map<string, { person: Person; readAt: number }>();
  const asking = new Map<string, Promise<Person | undefined>>();

  const ask = async (userId: string): Promise<Person | undefined> => {
    const user = await userOf(parts.client, userId);
    if (user === undefined) {
      cache.delete(userId);
      return undefined;
    }
    const person = personOf(user, await parts.ownTeam());
    cache.set(userId, { person, readAt: parts.clock.now() });
    return person;
  };
  /** Many commands of one person at once are one question, or they would use up Slack's limit. */
  const askOnce = (userId: string): Promise<Person | undefined> => {
    const asked = asking.get(userId) ?? ask(userId).finally(() => asking.delete(userId));
    asking.set(userId, asked);
    return asked;
  };

  return {
    ...createMembers({ ...parts, userGroups }),

    async person(userId, { fresh = false } = {}) {
      const kept = cache.get(userId);
      const isRecent = kept !== undefined && parts.clock.now() - kept.readAt < cacheMs;
      return isRecent && !fresh ? kept.person : askOnce(userId);
    },

    async groupsOf(userId, options) {
      const groups = await userGroups.all(options);
      return [...groups].flatMap(([id, members]) => (members.has(userId) ? [id] : []));
    },
  };
}

async function userOf(client: WebClient, userId: string): Promise<User | undefined> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      const body = { user: userId };
      return (await callSlack(client, { method: 'users.info', body, answer: Answer })).user;
    } catch (error) {
      if (isNobody(error)) return undefined;
      if (!(error instanceof WebAPIRateLimitedError) || repeats === mostRepeats) {
        throw new Error(`Could not ask Slack who ${userId} is`, { cause: error });
      }
      await wait(Math.min(longestWaitMs, error.retryAfter * 1_000));
    }
  }
}

function isNobody(error: unknown): boolean {
  return (
    error instanceof WebAPIPlatformError && ['user_not_found', 'user_not_visible'].includes(error.data.error)
  );
}

/** Of several kinds the one that may do least. */
export function personOf(user: User, ownTeam: string): Person {
  const name =
    user.profile?.display_name || user.real_name || user.profile?.real_name || user.name || user.id;
  const email = user.is_email_confirmed ? user.profile?.email : undefined;
  return {
    ...{ id: user.id, name, kind: kindOf(user, ownTeam), timeZone: zoneOf(user.tz) },
    ...(email === undefined ? {} : { email }),
  };
}

function kindOf(user: User, ownTeam: string): Person['kind'] {
  if (user.deleted) return 'deactivated';
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot';
  // Without a team nothing says that the person belongs here.
  const isOurs = user.team_id === ownTeam || (user.enterprise_user?.teams.includes(ownTeam) ?? false);
  if (user.is_stranger || !isOurs) return 'stranger';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

function zoneOf(zone: string | null | undefined): string {
  if (zone === null || zone === undefined) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // A zone this Node does not know could not be shown to anybody.
    return 'UTC';
  }
}
