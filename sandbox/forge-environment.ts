import { join } from 'node:path';
import { previewToken } from './aws/seed-production.ts';
import { WEBHOOK_SECRET } from './github/hooks/hook-settings.ts';
import { APP } from './github/people.ts';
import { APP_TOKEN, BOT_TOKEN } from './slack/seed.ts';

/**
 * Everything Forge is told, as in production: by its environment. Only what a program needs to run at all is
 * inherited, so that nobody's real tokens, profiles or proxies reach it.
 */
export function forgeEnvironment(
  inherited: NodeJS.ProcessEnv,
  world: {
    origin: string;
    folder: string;
    configFile: string;
    /** Where Forge's web server is to listen, and with what it is GitHub's App; absent: there is no GitHub. */
    github?: { port: number; privateKey: string } | undefined;
  },
): Record<string, string> {
  return {
    ...needed(inherited),
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: `${world.origin}/api/`,
    FORGE_CONFIG: world.configFile,
    FORGE_DATABASE: join(world.folder, 'forge.db'),
    FORGE_PREVIEW_TOKEN: previewToken,
    AWS_ENDPOINT_URL: world.origin,
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    // Files that do not exist: a person's own AWS settings could name other endpoints.
    AWS_CONFIG_FILE: join(world.folder, 'no-aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(world.folder, 'no-aws-credentials'),
    ...(world.github !== undefined && githubEnvironment(world.origin, world.github)),
  };
}

function githubEnvironment(
  origin: string,
  { port, privateKey }: { port: number; privateKey: string },
): Record<string, string> {
  return {
    GITHUB_API_URL: `${origin}/github`,
    GITHUB_APP_ID: String(APP.id),
    GITHUB_APP_PRIVATE_KEY: privateKey,
    GITHUB_WEBHOOK_SECRET: WEBHOOK_SECRET,
    FORGE_HTTP_HOST: '127.0.0.1',
    FORGE_HTTP_PORT: String(port),
  };
}

function needed(inherited: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    const isNeeded = ['PATH', 'HOME', 'TZ'].includes(name) || name.startsWith('NODE_');
    if (isNeeded && value !== undefined) kept[name] = value;
  }
  return kept;
}
