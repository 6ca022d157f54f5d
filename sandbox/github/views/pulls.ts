import type { Hub } from '../hub.ts';
import type { Label, Pull, Repository, Review } from '../model.ts';
import { knownAccount, ORGANISATION } from '../people.ts';
import { repositoryView, teamView, userView } from './accounts.ts';
import { apiOf, moment, momentOrNull, webOf } from './addresses.ts';

type Place = { hub: Hub; repository: Repository };

/** A pull request as lists and webhooks show it. */
export function pullView(pull: Pull, place: Place) {
  const { hub, repository } = place;
  const { number, merged } = pull;
  const url = `${apiOf(hub, repository)}/pulls/${number}`;
  return {
    url,
    id: pull.id,
    node_id: pullNodeId(repository, pull),
    html_url: `${webOf(hub, repository)}/pull/${number}`,
    issue_url: `${apiOf(hub, repository)}/issues/${number}`,
    number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userView(hub, pull.author),
    body: pull.body,
    labels: pull.labels.map((label) => labelView(label, place)),
    created_at: moment(pull.createdAt),
    updated_at: moment(pull.updatedAt),
    closed_at: momentOrNull(pull.closedAt),
    merged_at: momentOrNull(merged?.at),
    merge_commit_sha: merged?.commit ?? null,
    assignee: null,
    assignees: [],
    milestone: null,
    requested_reviewers: pull.reviewers.people.map((login) => userView(hub, login)),
    requested_teams: pull.reviewers.teams.map((slug) => teamView(hub, slug)),
    head: endView(pull.head, place),
    base: endView(pull.base, place),
    author_association: association(pull.author),
    auto_merge: null,
    draft: pull.isDraft,
  };
}

function endView({ ref, sha }: Pull['head'], { hub, repository }: Place) {
  return {
    label: `${ORGANISATION.login}:${ref}`,
    ref,
    sha,
    user: null,
    repo: repositoryView(hub, repository),
  };
}

export function labelView({ id, name, color }: Label, { hub, repository }: Place) {
  return {
    id,
    node_id: `LA_${id}`,
    url: `${apiOf(hub, repository)}/labels/${encodeURIComponent(name)}`,
    name,
    color,
    default: false,
    description: null,
  };
}

export function reviewView(review: Review, pull: Pull, { hub, repository }: Place) {
  const page = `${webOf(hub, repository)}/pull/${pull.number}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userView(hub, review.by),
    body: review.body,
    state: review.state,
    html_url: `${page}#pullrequestreview-${review.id}`,
    pull_request_url: `${apiOf(hub, repository)}/pulls/${pull.number}`,
    author_association: association(review.by),
    submitted_at: moment(review.at),
    commit_id: review.sha,
  };
}

/** How GitHub says what somebody is to a repository. */
export function association(login: string): string {
  const { isMember, role, type } = knownAccount(login);
  if (type === 'Bot') return 'NONE';
  if (isMember) return 'MEMBER';
  return role === undefined || role === 'read' ? 'NONE' : 'COLLABORATOR';
}

export function pullNodeId(repository: Repository, pull: Pull): string {
  return `PR_${repository.id}_${pull.number}`;
}
