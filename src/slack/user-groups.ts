import { setTimeout as wait } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import { callSlack } from './call-slack.ts';

const CACHE_MS = 5 * 60_000;
/** Slack answers this question 20 times a minute: whoever is denied again and again must not use that up. */
const FRESH_MS = 10_000;
/** A throttled question is asked once more after the time Slack names, but not after longer than this. */
const LONGEST_WAIT_MS = 15_000;

const Answer = z.object({
  usergroups: z.array(
    z.object({
      id: z.string(),
      /** 0 while it is in use. */
      date_delete: z.number().default(0),
      users: z.array(z.string()).default([]),
    }),
  ),
});

/** Members by group id, of every group in use. */
type Groups = ReadonlyMap<string, ReadonlySet<string>>;

export type UserGroups = {
  /** From a cache of at most five minutes; `fresh` asks again, unless that was done seconds ago. Throws when Slack does not answer. */
  all(options?: { fresh?: boolean }): Promise<Groups>;
};

/** All groups are one question to Slack. */
export function createUserGroups({ client, clock }: { client: WebClient; clock: Clock }): UserGroups {
  let kept: { groups: Groups; readAt: number } | undefined;
  let asking: Promise<Groups> | undefined;

  const ask = async (): Promise<Groups> => {
    const groups = await readGroups(client);
    kept = { groups, readAt: clock.now() };
    return groups;
  };

  return {
    async all({ fresh = false } = {}) {
      const age = kept === undefined ? Infinity : clock.now() - kept.readAt;
      if (kept !== undefined && age < (fresh ? FRESH_MS : CACHE_MS)) return kept.groups;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}

async function readGroups(client: WebClient): Promise<Groups> {
  const body = { include_users: true };
  const read = async () => {
    const { usergroups } = await callSlack(client, { method: 'usergroups.list', body, answer: Answer });
    const used = usergroups.filter(({ date_delete }) => date_delete === 0);
    return new Map(used.map(({ id, users }) => [id, new Set(users)]));
  };
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof WebAPIRateLimitedError)) throw new Error(SILENT, { cause: error });
    await wait(Math.min(LONGEST_WAIT_MS, error.retryAfter * 1_000));
    return read().catch((again: unknown) => {
      throw new Error(SILENT, { cause: again });
    });
  }
}

const SILENT = 'Could not ask Slack who is in which user group';
