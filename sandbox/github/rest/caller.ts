import { forbidden, GithubError, notFound } from '../github-error.ts';
import type { Repository } from '../model.ts';
import { FORGE_LOGIN, isAtLeast, type Role } from '../people.ts';
import type { Level, Permission, Settings } from '../settings.ts';

/** An installation's token may be limited further than the installation. */
type Installation = {
  kind: 'installation';
  permissions: Settings['permissions'] | undefined;
  repositories: readonly string[] | undefined;
};

/** Who calls. */
export type Caller =
  | { kind: 'nobody' }
  | { kind: 'person'; login: string }
  | { kind: 'app' }
  | Installation
  /** The control API's hands: may everything. */
  | { kind: 'sandbox'; login: string };

/** The permission that a route wants of the App, and of people a role: what goes with the level, unless it is said. */
export type Needs = readonly [permission: Permission, level: Level, role?: Role];
type Access = { repository: Repository; needs: Needs; settings: Settings };

/** Throws GithubError 404 for a repository the caller may not see, 403 for what they may not do there. */
export function requireAccess(caller: Caller, access: Access): void {
  switch (caller.kind) {
    case 'sandbox':
      return;
    case 'installation':
      requirePermission(caller, access);
      return;
    case 'person':
      requireRole(caller.login, access);
      return;
    case 'app':
    case 'nobody':
      throw notFound();
  }
}

/** Who acts, in what is kept. */
export function loginOf(caller: Caller): string {
  return caller.kind === 'person' || caller.kind === 'sandbox' ? caller.login : FORGE_LOGIN;
}

function requirePermission(caller: Installation, { repository, needs, settings }: Access): void {
  const [permission, level] = needs;
  if (caller.repositories !== undefined && !caller.repositories.includes(repository.name)) throw notFound();
  const limit = caller.permissions ?? settings.permissions;
  const mayAll = [settings.permissions, limit].every((granted) => isEnough(granted[permission], level));
  if (!mayAll) throw forbidden(permission, level);
}

function requireRole(login: string, { repository, needs }: Access): void {
  const [permission, level] = needs;
  const role = repository.collaborators.get(login);
  if (!isAtLeast(role, 'read')) throw notFound();
  if (isAtLeast(role, roleFor(needs))) return;
  throw new GithubError(403, 'Resource not accessible by personal access token', {
    headers: { 'x-accepted-github-permissions': `${permission}=${level}` },
  });
}

function roleFor([permission, level, role]: Needs): Role {
  if (role !== undefined) return role;
  if (permission === 'administration') return 'admin';
  return level === 'write' ? 'write' : 'read';
}

/** Whether a level of a permission is enough for another. */
export function isEnough(granted: Level | undefined, level: Level): boolean {
  return granted === 'write' || granted === level;
}
