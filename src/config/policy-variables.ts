import type { Policy } from '../domain/policy.ts';
import { tokenHelp } from './github-credentials.ts';
import { isSet, type Variables } from './variables.ts';

/** One sentence for each variable that is not set and that Forge needs for what the policy says of GitHub. */
export function missingForGithub({ github }: Policy, variables: Variables): string[] {
  if (github === undefined) return [];
  const missing: [name: string, problem: string][] = [];
  if (!isSet(variables, 'GITHUB_APP_ID')) {
    const problem = `Forge signs in at GitHub with it, since the policy has \`github:\`. ${tokenHelp} Or set GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY_FILE of a GitHub App.`;
    missing.push(['GITHUB_TOKEN', problem]);
  }
  if (github.triggers?.kind === 'webhook') {
    const secret =
      'Deliveries are believed by it, since the policy has `triggers: webhook`. Set the secret that stands in the webhook on GitHub.';
    const port =
      'GitHub reaches Forge on it, since the policy has `triggers: webhook`. Set a port like 8080; or write triggers: polling where GitHub cannot reach Forge.';
    missing.push(['GITHUB_WEBHOOK_SECRET', secret], ['FORGE_HTTP_PORT', port]);
  }
  return missing
    .filter(([name]) => !isSet(variables, name))
    .map(([name, problem]) => `${name} is missing. ${problem}`);
}
