import { z } from 'zod';
import { codeEnvironment } from './code-environment.ts';
import { absentWhenEmpty, type Variables as Read } from './variables.ts';
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
  /** How Forge signs in at GitHub. Absent: it does not. */
  github?: GithubEnvironment;
  /** Where Forge's web server listens. Absent: there is none. */
  web?: WebEnvironment;
};

export type GithubEnvironment = {
  /** `privateKey` is PEM. Secrets, both of them. */
  credentials: { kind: 'token'; token: string } | { kind: 'app'; appId: string; privateKey: string };
  /** Base of GitHub's REST API, without a slash at the end. */
  apiUrl: string;
  /** What deliveries are signed with. Absent: none is believed. */
  webhookSecret?: string;
};

export type WebEnvironment = { port: number; host: string };

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

/** Reads the process's variables, with the private key itself (`withKeyFile`). Pure; a problem never repeats the value of a secret. */
export function readEnvironment(variables: Read): EnvironmentReading {
  const parsed = Variables.safeParse(variables);
  const code = codeEnvironment(variables);
  if (!parsed.success || code.kind === 'invalid') {
    const issues = parsed.error?.issues ?? [];
    const problems = issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    return { kind: 'invalid', problems: [...problems, ...(code.kind === 'invalid' ? code.problems : [])] };
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
      ...code.environment,
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
