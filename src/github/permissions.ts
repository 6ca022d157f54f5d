/** What GitHub's settings call the permissions Forge uses, by the names its API gives them. */
const LABELS: Record<string, string> = {
  actions: 'Actions',
  administration: 'Administration',
  checks: 'Checks',
  contents: 'Contents',
  deployments: 'Deployments',
  issues: 'Issues',
  members: 'Members',
  metadata: 'Metadata',
  pull_requests: 'Pull requests',
  statuses: 'Commit statuses',
  workflows: 'Workflows',
};

/** A permission as GitHub's API names it, such as `contents`, and how far it goes. */
export type Permission = { name: string; access: 'read' | 'write' };

export const METADATA: Permission = { name: 'metadata', access: 'read' };
export const CONTENTS: Permission = { name: 'contents', access: 'read' };
export const CONTENTS_WRITE: Permission = { name: 'contents', access: 'write' };
export const PULL_REQUESTS: Permission = { name: 'pull_requests', access: 'write' };
export const CHECKS: Permission = { name: 'checks', access: 'read' };
export const STATUSES: Permission = { name: 'statuses', access: 'read' };
export const ACTIONS: Permission = { name: 'actions', access: 'write' };
export const DEPLOYMENTS: Permission = { name: 'deployments', access: 'write' };

/** As GitHub's settings show it: `Contents: read and write`. */
export function labelOf({ name, access }: Permission): string {
  return `${LABELS[name] ?? name}: ${access === 'write' ? 'read and write' : 'read-only'}`;
}

/**
 * The permissions GitHub says a request takes, from the header `x-accepted-github-permissions`: `contents=write,workflows=write`, and
 * after a semicolon another set that would do as well.
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permissions-errors
 */
export function acceptedPermissions(header: string | undefined): Permission[] {
  const [first = ''] = (header ?? '').split(';');
  return first.split(',').flatMap((entry) => {
    const [, name, access] = /^\s*([a-z_]+)=(read|write)\s*$/.exec(entry) ?? [];
    if (name === undefined) return [];
    return [{ name, access: access === 'write' ? 'write' : 'read' }];
  });
}
