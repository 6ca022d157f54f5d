import { forbidden, GithubError, notFound } from '../github-error.ts';
import type { Hub } from '../hub.ts';
import { APP, accountOf, ORGANISATION, TEAMS } from '../people.ts';
import { appView, fullUser, ownerView, repositoryView, simpleUser, teamView } from '../views/accounts.ts';
import { moment } from '../views/addresses.ts';
import { paged } from './paged.ts';
import type { RateLimit } from './rate-limit.ts';
import { anywhere, type Call, created, inRepository, numberIn, ok, type Route } from './route.ts';
import { isKnown, seenBy, TokenRequest, withinInstallation } from './token-request.ts';
import { badCredentials, type Tokens } from './tokens.ts';

/** Who calls, what the App may do, and how much of it. */
export function accountRoutes({ tokens, limit }: { tokens: Tokens; limit: RateLimit }): Route[] {
  return [
    anywhere('GET /rate_limit', 'rateLimit.get', () => {
      // Asking costs nothing.
      limit.giveBack();
      const headers = limit.headers();
      const core = {
        limit: Number(headers['x-ratelimit-limit']),
        remaining: Number(headers['x-ratelimit-remaining']),
        used: Number(headers['x-ratelimit-used']),
        reset: Number(headers['x-ratelimit-reset']),
      };
      return ok({ resources: { core }, rate: core });
    }),
    anywhere('GET /user', 'users.getAuthenticated', ({ hub, caller }) => {
      if (caller.kind === 'installation') throw forbidden('metadata', 'read');
      if (caller.kind !== 'person') throw new GithubError(401, 'Requires authentication');
      const account = accountOf(caller.login);
      if (account === undefined) throw notFound();
      return ok(fullUser(hub, account));
    }),
    anywhere('GET /users/:username', 'users.getByUsername', ({ hub, params }) => {
      const account = accountOf(params.username ?? '');
      if (account === undefined) throw notFound();
      return ok(fullUser(hub, account));
    }),
    anywhere('GET /app', 'apps.getAuthenticated', (call) => {
      requireApp(call);
      return ok({ ...appView(call.hub, APP.slug), permissions: call.hub.settings().permissions });
    }),
    anywhere('GET /app/installations', 'apps.listInstallations', (call) => {
      requireApp(call);
      return ok(call.hub.settings().installation === 'removed' ? [] : [installationView(call.hub)]);
    }),
    anywhere('GET /app/installations/:id', 'apps.getInstallation', (call) => {
      requireInstallation(call);
      return ok(installationView(call.hub));
    }),
    ...['GET /repos/:owner/:repo/installation' as const, 'GET /orgs/:owner/installation' as const].map(
      (place) =>
        anywhere(
          place,
          place.includes('repos') ? 'apps.getRepoInstallation' : 'apps.getOrgInstallation',
          (call) => {
            requireApp(call);
            const { owner, repo } = call.params;
            const isHere = owner === ORGANISATION.login && (repo === undefined || isKnown(call.hub, repo));
            if (!isHere || call.hub.settings().installation === 'removed') throw notFound();
            return ok(installationView(call.hub));
          },
        ),
    ),
    anywhere('POST /app/installations/:id/access_tokens', 'apps.createInstallationAccessToken', (call) => {
      requireInstallation(call);
      const { hub } = call;
      if (hub.settings().installation === 'suspended') {
        throw new GithubError(403, 'This installation has been suspended');
      }
      const limits = withinInstallation(call.read(TokenRequest), hub);
      const { token, expiresAt } = tokens.mint(limits);
      const { permissions = hub.settings().permissions, repositories } = limits;
      return created({
        token,
        expires_at: moment(expiresAt),
        permissions,
        repository_selection: repositories === undefined ? 'all' : 'selected',
        ...(repositories && {
          repositories: seenBy(repositories, hub).map((one) => repositoryView(hub, one)),
        }),
      });
    }),
    anywhere('GET /installation/repositories', 'apps.listReposAccessibleToInstallation', (call) => {
      if (call.caller.kind !== 'installation')
        throw new GithubError(
          403,
          'You must authenticate with an installation access token in order to list repositories for an installation.',
        );
      const { repositories: only } = call.caller;
      const all = seenBy(only, call.hub);
      const { items, headers } = paged(call, all);
      const repositories = items.map((one) => repositoryView(call.hub, one));
      const repository_selection = only === undefined ? 'all' : 'selected';
      return ok({ total_count: all.length, repository_selection, repositories }, headers);
    }),
    ...teamRoutes(),
  ];
}

function teamRoutes(): Route[] {
  return [
    anywhere('GET /orgs/:org/teams/:team_slug', 'teams.getByName', (call) => {
      const team = knownTeam(call);
      return ok({ ...teamView(call.hub, team.slug), members_count: team.members.length });
    }),
    anywhere('GET /orgs/:org/teams/:team_slug/members', 'teams.listMembersInOrg', (call) => {
      const { items, headers } = paged(call, knownTeam(call).members);
      return ok(
        items.flatMap((login) => {
          const account = accountOf(login);
          return account === undefined ? [] : [simpleUser(call.hub, account)];
        }),
        headers,
      );
    }),
    inRepository('GET /collaborators/:username', 'repos.checkCollaborator', ['metadata', 'read'], (call) => {
      if (!call.repository.collaborators.has(call.params.username ?? '')) throw notFound();
      return { status: 204 };
    }),
    inRepository(
      'GET /collaborators/:username/permission',
      'repos.getCollaboratorPermissionLevel',
      ['metadata', 'read'],
      ({ hub, repository, params }) => {
        const account = accountOf(params.username ?? '');
        if (account === undefined) throw notFound();
        const role = repository.collaborators.get(account.login);
        return ok({
          permission: permissionOf(role),
          role_name: role ?? 'none',
          user: simpleUser(hub, account),
        });
      },
    ),
  ];
}

/** The old word for a role. */
function permissionOf(role: string | undefined): string {
  if (role === 'maintain') return 'write';
  if (role === 'triage') return 'read';
  return role ?? 'none';
}

function knownTeam({ caller, hub, params }: Call) {
  const team = TEAMS.find(({ slug }) => slug === params.team_slug);
  if (team === undefined || params.org !== ORGANISATION.login || caller.kind === 'nobody') throw notFound();
  const mayRead = caller.kind !== 'installation' || hub.settings().permissions.members !== undefined;
  if (!mayRead) throw forbidden('members', 'read');
  return team;
}

function requireApp({ caller }: Call): void {
  if (caller.kind === 'app') return;
  throw caller.kind === 'nobody'
    ? new GithubError(401, 'A JSON web token could not be decoded')
    : badCredentials();
}

function requireInstallation(call: Call): void {
  requireApp(call);
  const isKnownOne = numberIn(call, 'id') === APP.installation;
  if (!isKnownOne || call.hub.settings().installation === 'removed') throw notFound();
}

function installationView(hub: Hub) {
  const { permissions, installation } = hub.settings();
  return {
    id: APP.installation,
    account: ownerView(hub),
    access_tokens_url: `${hub.origin()}/github/app/installations/${APP.installation}/access_tokens`,
    repositories_url: `${hub.origin()}/github/installation/repositories`,
    html_url: `${hub.origin()}/github/settings/installations/${APP.installation}`,
    app_id: APP.id,
    app_slug: APP.slug,
    target_id: ORGANISATION.id,
    target_type: 'Organization',
    permissions,
    events: [],
    repository_selection: 'all',
    created_at: '2024-01-01T00:00:00Z',
    updated_at: '2024-01-01T00:00:00Z',
    suspended_at: installation === 'suspended' ? moment(hub.now()) : null,
    suspended_by: null,
  };
}
