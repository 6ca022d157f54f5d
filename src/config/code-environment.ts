import { z } from 'zod';
import type { Environment, WebEnvironment } from './environment.ts';
import { credentialsIn } from './github-credentials.ts';
import { absentWhenEmpty, type Variables } from './variables.ts';
import { shown } from './words.ts';

const GITHUB = 'https://api.github.com';
const EVERYWHERE = '0.0.0.0';
/** Characters. Whoever guesses the secret may have things deployed. */
const LEAST_SECRET = 16;

const portMessage = ({ input }: { input?: unknown }) =>
  `is ${shown(input)}. Write a port from 1 to 65535, like 8080, or leave it out: then Forge has no web server.`;

const Written = z.object({
  GITHUB_API_URL: z.preprocess(
    absentWhenEmpty,
    z
      .url({ protocol: /^https?$/, error: 'is not a URL. Leave it out to use github.com.' })
      .default(GITHUB)
      .transform((url) => url.replace(/\/+$/, '')),
  ),
  GITHUB_WEBHOOK_SECRET: z.preprocess(
    absentWhenEmpty,
    z
      .string()
      .min(LEAST_SECRET, {
        error: `is too short to be a secret. Use at least ${LEAST_SECRET} characters, the same as in the webhook on GitHub.`,
      })
      .optional(),
  ),
  FORGE_HTTP_PORT: z.preprocess(
    absentWhenEmpty,
    z
      .string()
      .regex(/^[1-9]\d{0,4}$/, { error: portMessage, abort: true })
      .refine((port) => Number(port) <= 65_535, { error: portMessage })
      .transform(Number)
      .optional(),
  ),
  FORGE_HTTP_HOST: z.preprocess(absentWhenEmpty, z.string().default(EVERYWHERE)),
});
type Written = z.infer<typeof Written>;

type Read =
  | { kind: 'valid'; environment: Pick<Environment, 'github' | 'web'> }
  | { kind: 'invalid'; problems: string[] };

/** What the variables say of GitHub and of the web server it reaches Forge by. */
export function codeEnvironment(variables: Variables): Read {
  const credentials = credentialsIn(variables);
  const parsed = Written.safeParse(variables);
  if (!parsed.success || credentials.kind === 'invalid') {
    const issues = parsed.error?.issues ?? [];
    const problems = issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    return {
      kind: 'invalid',
      problems: [...(credentials.kind === 'invalid' ? credentials.problems : []), ...problems],
    };
  }
  const web = webOf(parsed.data);
  const github = githubOf(parsed.data, credentials.credentials);
  return {
    kind: 'valid',
    environment: { ...(github !== undefined && { github }), ...(web !== undefined && { web }) },
  };
}

function githubOf(
  { GITHUB_API_URL: apiUrl, GITHUB_WEBHOOK_SECRET: webhookSecret }: Written,
  credentials: NonNullable<Environment['github']>['credentials'] | undefined,
): Environment['github'] {
  if (credentials === undefined) return undefined;
  return { credentials, apiUrl, ...(webhookSecret !== undefined && { webhookSecret }) };
}

function webOf({ FORGE_HTTP_PORT: port, FORGE_HTTP_HOST: host }: Written): WebEnvironment | undefined {
  return port === undefined ? undefined : { port, host };
}
