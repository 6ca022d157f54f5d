import { z } from 'zod';
import { GithubError } from '../github-error.ts';
import type { Hub } from '../hub.ts';
import type { Repository } from '../model.ts';
import { PERMISSIONS } from '../settings.ts';
import { isEnough } from './caller.ts';

/** What a token of the App is to be for; whatever is absent, as much as the installation. */
export const TokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  permissions: z.partialRecord(z.enum(PERMISSIONS), z.enum(['read', 'write'])).optional(),
});
export type TokenRequest = z.output<typeof TokenRequest>;

/**
 * A token may do less than the installation, never more: throws GithubError 422. Whoever may anything may see that a repository is
 * there.
 */
export function withinInstallation(wanted: TokenRequest, hub: Hub): TokenRequest {
  const { repositories, permissions } = wanted;
  if (repositories?.some((name) => !isKnown(hub, name)) === true) {
    throw new GithubError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  if (permissions === undefined) return wanted;
  const granted = hub.settings().permissions;
  const isGranted = PERMISSIONS.every((one) => {
    const level = permissions[one];
    return level === undefined || isEnough(granted[one], level);
  });
  if (!isGranted) {
    throw new GithubError(422, 'The permissions requested are not granted to this installation.');
  }
  return { ...wanted, permissions: { metadata: 'read', ...permissions } };
}

/** The repositories of a token: all, or `only` those names. */
export function seenBy(only: readonly string[] | undefined, hub: Hub): Repository[] {
  return [...hub.repositories.values()].filter(({ name }) => only === undefined || only.includes(name));
}

export function isKnown(hub: Hub, name: string): boolean {
  return [...hub.repositories.values()].some((repository) => repository.name === name);
}
