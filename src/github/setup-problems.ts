import { z } from 'zod';
import { type CodeHost, CodeHostRefused, type Repository } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { GithubApi } from './api.ts';
import type { Installation } from './connections.ts';
import {
  ACTIONS,
  CHECKS,
  CONTENTS_WRITE,
  DEPLOYMENTS,
  labelOf,
  METADATA,
  type Permission,
  PULL_REQUESTS,
  STATUSES,
} from './permissions.ts';

/** All that Forge does in a repository, and the least it takes. `probe`: a read that the permission lets through. */
const NEEDED: readonly { permission: Permission; to: string; probe: string }[] = [
  { permission: CONTENTS_WRITE, to: 'fetch commits, and merge pull requests', probe: 'commits' },
  { permission: PULL_REQUESTS, to: 'open pull requests and follow them', probe: 'pulls' },
  { permission: CHECKS, to: 'read checks', probe: 'commits/{branch}/check-runs' },
  { permission: STATUSES, to: 'read commit statuses', probe: 'commits/{branch}/status' },
  { permission: ACTIONS, to: 'start builds and follow them', probe: 'actions/runs' },
  { permission: DEPLOYMENTS, to: 'show deployments beside commits', probe: 'deployments' },
];

/** A token that expires sooner is said to. Milliseconds. */
const SOON = 7 * 86_400_000;

const RepositoryAnswer = z.object({
  private: z.boolean().optional(),
  archived: z.boolean().optional(),
  default_branch: z.string(),
  permissions: z.object({ push: z.boolean() }).optional(),
});

export type SetupOptions = {
  /** Undefined where Forge signs in with a token. */
  installation: (repository: Repository, options: CallOptions) => Promise<Installation | undefined>;
  now: () => number;
};

/** What is missing on GitHub for what Forge does there. */
export function createSetupProblems(
  api: GithubApi,
  { installation, now }: SetupOptions,
): Pick<CodeHost, 'setupProblems'> {
  return {
    async setupProblems(repository, options) {
      try {
        const found = await installation(repository, options);
        if (found !== undefined) return problemsOfApp(found, repository);
        return await problemsOfToken(api, repository, { ...options, now });
      } catch (error) {
        if (error instanceof CodeHostRefused) return [error.message];
        throw error;
      }
    },
  };
}

function problemsOfApp(
  { permissions, suspended_at: suspended }: Installation,
  repository: Repository,
): string[] {
  if (suspended != null)
    return [`Forge’s GitHub App is suspended in ${repository}: let it work there again.`];
  return NEEDED.filter(({ permission }) => !isGiven(permission, permissions[permission.name])).map(
    ({ permission, to }) =>
      `Forge’s GitHub App lacks the permission “${labelOf(permission)}” in ${repository}, to ${to}: give it in the settings of the App, then accept it where it is installed.`,
  );
}

function isGiven({ access }: Permission, given: string | undefined): boolean {
  return access === 'read' ? given !== undefined : given === 'write' || given === 'admin';
}

async function problemsOfToken(
  api: GithubApi,
  repository: Repository,
  options: CallOptions & { now: () => number },
): Promise<string[]> {
  const call = {
    what: `see ${repository} with GITHUB_TOKEN`,
    needs: METADATA,
    route: 'GET /repos/{owner}/{repo}' as const,
    answer: RepositoryAnswer,
  };
  const { answer, headers } = await api.readWhole(repository, call, options);
  const problems = expiring(headers['github-authentication-token-expiration'], options.now());
  if (answer.archived === true) problems.push(`${repository} is archived: nothing can be changed in it.`);
  if (answer.permissions?.push === false) {
    problems.push(`The account of GITHUB_TOKEN may only read ${repository}: give it write access.`);
  }
  const scopes = headers['x-oauth-scopes'];
  if (typeof scopes === 'string' && scopes !== '') {
    return [...problems, ...missingScope(scopes, answer.private !== false)];
  }
  return [...problems, ...(await notReadable(api, repository, answer.default_branch, options))];
}

/** Of a classic token, which has scopes instead of permissions. */
function missingScope(scopes: string, isPrivate: boolean): string[] {
  const given = scopes.split(',').map((scope) => scope.trim());
  if (given.includes('repo') || (given.includes('public_repo') && !isPrivate)) return [];
  return ['GITHUB_TOKEN lacks the scope “repo”. Better: use a fine-grained token of this repository alone.'];
}

/** What a token may write is nowhere to be read: only what it may not even read is told. */
async function notReadable(
  api: GithubApi,
  repository: Repository,
  branch: string,
  options: CallOptions,
): Promise<string[]> {
  const missing = await Promise.all(
    NEEDED.map(async ({ permission, to, probe }) => {
      const call = {
        what: `see what GITHUB_TOKEN may do in ${repository}`,
        needs: permission,
        route: `GET /repos/{owner}/{repo}/${probe}` as const,
        parameters: { per_page: 1, ...(probe.includes('{branch}') && { branch }) },
        answer: z.unknown(),
      };
      try {
        await api.read(repository, call, options);
        return [];
      } catch (error) {
        // A repository without commits conflicts with being asked for some.
        if (!(error instanceof CodeHostRefused) || error.why === 'credentials') throw error;
        if (error.why === 'conflict' || error.why === 'invalid') return [];
        return [
          `GITHUB_TOKEN lacks the permission “${labelOf(permission)}” for ${repository}, to ${to}: add it to the token.`,
        ];
      }
    }),
  );
  return missing.flat();
}

/** GitHub writes `2026-12-01 08:00:00 UTC`, or an offset such as `+0100` in the place of UTC. */
function expiring(header: unknown, now: number): string[] {
  const at = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(at) || at - now > SOON) return [];
  const day = new Date(at).toISOString().slice(0, 10);
  return [`GITHUB_TOKEN expires on ${day}: renew it before that, or let Forge sign in as a GitHub App.`];
}
