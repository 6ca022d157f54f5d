import { setTimeout as wait } from 'node:timers/promises';
import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { HomeResult } from '../ports/chat.ts';
import { callSlack } from './call-slack.ts';
import { type Failure, failureOf } from './failure.ts';

/** That it is shown does not hang on what Slack says of it besides. */
const Answer = z.object({ view: z.object({ hash: z.string().optional() }).optional().catch(undefined) });

/** Pauses before the next tries, in milliseconds; all of them are over before Forge is done stopping. */
const PAUSES = [500, 2_000, 5_000];

/**
 * Shows a Home, and tries again while Slack has troubles of its own: who looks at an empty Home is told nothing. Publishing
 * is idempotent.
 */
export async function publishHome(
  client: WebClient,
  { userId, home, hash }: { userId: string; home: HomeView; hash: string | undefined },
): Promise<HomeResult | { kind: 'failed'; failure: Failure; cause: unknown }> {
  const body = { user_id: userId, view: home, ...(hash === undefined ? {} : { hash }) };
  for (let tries = 0; ; tries += 1) {
    try {
      const { view } = await callSlack(client, { method: 'views.publish', body, answer: Answer });
      return { kind: 'published', ...(view?.hash === undefined ? {} : { hash: view.hash }) };
    } catch (cause) {
      const failure = failureOf(cause);
      if (failure.kind === 'refused' && failure.code === 'hash_conflict') return { kind: 'outdated' };
      const pause = PAUSES[tries];
      const isPassing = failure.kind === 'unclear' || failure.kind === 'limited';
      if (!isPassing || pause === undefined) return { kind: 'failed', failure, cause };
      await wait(failure.kind === 'limited' ? Math.min(failure.retryAfterMs, 5_000) : pause);
    }
  }
}
