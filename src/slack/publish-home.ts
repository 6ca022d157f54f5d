import { setTimeout as wait } from 'node:timers/promises';
import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { callSlack } from './call-slack.ts';
import { type Failure, failureOf } from './failure.ts';

/** Pauses before the next tries, in milliseconds; all of them are over before Forge is done stopping. */
const PAUSES = [500, 2_000, 5_000];

/**
 * Shows a Home, and tries again while Slack has troubles of its own: who looks at an empty Home is told nothing. Publishing
 * is idempotent. Undefined when it is shown, otherwise why not.
 */
export async function publishHome(
  client: WebClient,
  { userId, home }: { userId: string; home: HomeView },
): Promise<{ failure: Failure; cause: unknown } | undefined> {
  const body = { user_id: userId, view: home };
  for (let tries = 0; ; tries += 1) {
    try {
      await callSlack(client, { method: 'views.publish', body, answer: z.object({}) });
      return undefined;
    } catch (cause) {
      const failure = failureOf(cause);
      const pause = PAUSES[tries];
      const isPassing = failure.kind === 'unclear' || failure.kind === 'limited';
      if (!isPassing || pause === undefined) return { failure, cause };
      await wait(failure.kind === 'limited' ? Math.min(failure.retryAfterMs, 5_000) : pause);
    }
  }
}
