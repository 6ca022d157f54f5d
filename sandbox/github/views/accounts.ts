import type { Hub } from '../hub.ts';
import type { Repository } from '../model.ts';
import { type Account, APP, knownAccount, ORGANISATION, TEAMS } from '../people.ts';
import { apiOf, cloneUrl, webOf } from './addresses.ts';

export function userView(hub: Hub, login: string) {
  return simpleUser(hub, knownAccount(login));
}

export function simpleUser(hub: Hub, account: Account) {
  return {
    login: account.login,
    id: account.id,
    node_id: `U_${account.id}`,
    avatar_url: `${hub.origin()}/github/avatars/${account.id}`,
    url: `${hub.origin()}/github/users/${account.login}`,
    html_url: `${hub.origin()}/github/${account.login}`,
    type: account.type,
    site_admin: false,
  };
}

/** Everything GitHub shows of somebody. */
export function fullUser(hub: Hub, account: Account) {
  return {
    ...simpleUser(hub, account),
    name: account.name,
    company: null,
    email: account.email,
    bio: null,
    created_at: '2024-01-01T00:00:00Z',
    updated_at: '2024-01-01T00:00:00Z',
  };
}

export function ownerView(hub: Hub) {
  const { id, login } = ORGANISATION;
  return {
    login,
    id,
    node_id: `O_${id}`,
    url: `${hub.origin()}/github/orgs/${login}`,
    html_url: `${hub.origin()}/github/${login}`,
    type: 'Organization',
    site_admin: false,
  };
}

export function teamView(hub: Hub, slug: string) {
  const team = TEAMS.find((one) => one.slug === slug);
  if (team === undefined) throw new Error(`There is no team ${slug}.`);
  return {
    id: team.id,
    node_id: `T_${team.id}`,
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    permission: 'push',
    url: `${hub.origin()}/github/organizations/${ORGANISATION.id}/team/${team.id}`,
    html_url: `${hub.origin()}/github/orgs/${ORGANISATION.login}/teams/${team.slug}`,
  };
}

export function appView(hub: Hub, slug: string) {
  const known = slug === APP.slug;
  return {
    id: known ? APP.id : 15_368,
    node_id: `A_${known ? APP.id : 15_368}`,
    slug,
    name: known ? APP.name : 'GitHub Actions',
    owner: ownerView(hub),
    description: '',
    external_url: hub.origin(),
    html_url: `${hub.origin()}/github/apps/${slug}`,
    created_at: '2024-01-01T00:00:00Z',
    updated_at: '2024-01-01T00:00:00Z',
    events: [],
  };
}

export function repositoryView(hub: Hub, repository: Repository) {
  const { id, name, fullName, description, defaultBranch, merges } = repository;
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: fullName,
    private: true,
    owner: ownerView(hub),
    html_url: webOf(hub, repository),
    description,
    fork: false,
    url: apiOf(hub, repository),
    clone_url: cloneUrl(hub, repository),
    git_url: cloneUrl(hub, repository),
    default_branch: defaultBranch,
    archived: false,
    disabled: false,
    visibility: 'private',
    allow_merge_commit: merges.merge,
    allow_squash_merge: merges.squash,
    allow_rebase_merge: merges.rebase,
    delete_branch_on_merge: false,
  };
}
