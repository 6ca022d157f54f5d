import { join } from 'node:path';
import { previewToken } from './aws/seed-production.ts';
import { APP_TOKEN, BOT_TOKEN } from './slack/seed.ts';

/**
 * Everything Forge is told, as in production: by its environment. Only what a program needs to run at all is
 * inherited, so that nobody's real tokens, profiles or proxies reach it.
 */
export function forgeEnvironment(
  inherited: NodeJS.ProcessEnv,
  world: { origin: string; folder: string; configFile: string },
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
