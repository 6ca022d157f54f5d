import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import { callSlack } from './call-slack.ts';
import { failureInWords, failureOf } from './failure.ts';

/** Who Forge is in the workspace. `scopes` is undefined where Slack does not say what was granted. */
export type Identity = { team: string; name: string; scopes: readonly string[] | undefined };

const Answer = z.object({
  team_id: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Asks once and remembers a good answer. Throws UserError when Slack refuses the token. */
export function createIdentity(client: WebClient): () => Promise<Identity> {
  let known: Identity | undefined;
  return async () => {
    known ??= await askIdentity(client);
    return known;
  };
}

async function askIdentity(client: WebClient): Promise<Identity> {
  try {
    const answer = await callSlack(client, { method: 'auth.test', body: {}, answer: Answer });
    return { team: answer.team_id, name: answer.user, scopes: answer.response_metadata?.scopes };
  } catch (error) {
    throw tokenProblem('bot', error);
  }
}

const help = {
  bot: 'Check SLACK_BOT_TOKEN: it begins with xoxb- and stands at api.slack.com/apps → your app → OAuth & Permissions.',
  app: 'Check SLACK_APP_TOKEN: it begins with xapp-, has the scope connections:write and stands at api.slack.com/apps → your app → Basic Information → App-Level Tokens; Socket Mode must be switched on.',
};

/** What to tell the person who starts Forge when a first call with a token failed. */
export function tokenProblem(which: 'bot' | 'app', error: unknown): Error {
  const failure = failureOf(error);
  // Slack's own troubles pass by: only what it refuses is somebody's to mend.
  if (error instanceof WebAPIPlatformError && failure.kind === 'refused') {
    return new UserError(`Slack refuses the ${which} token (${failure.code}). ${help[which]}`, {
      cause: error,
    });
  }
  if (error instanceof WebAPIPlatformError) {
    return new Error(`Slack does not let Forge in at the moment: ${failureInWords(failure)}`, {
      cause: error,
    });
  }
  return new Error('Slack cannot be reached. Check the network, and SLACK_API_URL where it is set', {
    cause: error,
  });
}
