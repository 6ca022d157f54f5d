import { z } from 'zod';
import { shown } from './words.ts';

/** What Forge is told by the variables of its process. */
export type Environment = {
  botToken: string;
  appToken: string;
  /** Base of Slack's Web API; undefined: Slack itself. */
  slackApiUrl?: string;
  policyFile: string;
  databaseFile: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
};

export type EnvironmentReading =
  | { kind: 'valid'; environment: Environment }
  /** One sentence for each variable that is missing or wrong. */
  | { kind: 'invalid'; problems: string[] };

const botTokenHelp =
  "It is the app's bot token, beginning with xoxb-. Find it at api.slack.com/apps → your app → OAuth & Permissions.";
const appTokenHelp =
  'It is an app-level token with the scope connections:write, beginning with xapp-. Make one at api.slack.com/apps → your app → Basic Information → App-Level Tokens.';

const Variables = z.object({
  SLACK_BOT_TOKEN: token(/^xoxb-\S+$/, botTokenHelp),
  SLACK_APP_TOKEN: token(/^xapp-\S+$/, appTokenHelp),
  SLACK_API_URL: z.preprocess(
    absentWhenEmpty,
    z.url({ protocol: /^https?$/, error: 'is not a URL. Leave it out to use Slack itself.' }).optional(),
  ),
  FORGE_CONFIG: z.preprocess(absentWhenEmpty, z.string().default('./forge.yml')),
  FORGE_DATABASE: z.preprocess(absentWhenEmpty, z.string().default('./forge.db')),
  FORGE_LOG: z.preprocess(
    absentWhenEmpty,
    z
      .enum(['debug', 'info', 'warn', 'error'], {
        error: ({ input }) =>
          `is ${shown(input)}. Write debug, info, warn or error, or leave it out for info.`,
      })
      .default('info'),
  ),
});

/** Reads the process's variables. Pure; a problem never repeats the value of a secret. */
export function readEnvironment(variables: Record<string, string | undefined>): EnvironmentReading {
  const parsed = Variables.safeParse(variables);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    return { kind: 'invalid', problems };
  }
  const { data } = parsed;
  return {
    kind: 'valid',
    environment: {
      botToken: data.SLACK_BOT_TOKEN,
      appToken: data.SLACK_APP_TOKEN,
      ...(data.SLACK_API_URL !== undefined && { slackApiUrl: data.SLACK_API_URL }),
      policyFile: data.FORGE_CONFIG,
      databaseFile: data.FORGE_DATABASE,
      logLevel: data.FORGE_LOG,
    },
  };
}

function token(pattern: RegExp, help: string) {
  return z.preprocess(
    absentWhenEmpty,
    z
      .string({ error: `is missing. ${help}` })
      .regex(pattern, { error: `does not look like the right token. ${help}` }),
  );
}

function absentWhenEmpty(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}
