import type { ChangedFile } from '../git/changes.ts';
import type { Commit } from '../git/commits.ts';
import type { Hub } from '../hub.ts';
import type { Repository } from '../model.ts';
import { accountWithEmail } from '../people.ts';
import { simpleUser } from './accounts.ts';
import { apiOf, moment, webOf } from './addresses.ts';

type Place = { hub: Hub; repository: Repository };

/** A commit as git knows it. */
export function gitCommitView(commit: Commit, { hub, repository }: Place) {
  const api = apiOf(hub, repository);
  const { sha, tree, parents, message, author, committer } = commit;
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${api}/git/commits/${sha}`,
    html_url: `${webOf(hub, repository)}/commit/${sha}`,
    author: signatureView(author),
    committer: signatureView(committer),
    message,
    tree: { sha: tree, url: `${api}/git/trees/${tree}` },
    parents: parents.map((parent) => ({ sha: parent, url: `${api}/git/commits/${parent}` })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

/** A commit with the accounts that GitHub finds for it. */
export function commitView(commit: Commit, place: Place) {
  const { hub, repository } = place;
  const api = apiOf(hub, repository);
  const { sha, tree, parents, message, author, committer } = commit;
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${api}/commits/${sha}`,
    html_url: `${webOf(hub, repository)}/commit/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      author: signatureView(author),
      committer: signatureView(committer),
      message,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      comment_count: 0,
      verification: gitCommitView(commit, place).verification,
    },
    author: accountView(hub, author.email),
    committer: accountView(hub, committer.email),
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${webOf(hub, repository)}/commit/${parent}`,
    })),
  };
}

export function fileView(file: ChangedFile, sha: string, { hub, repository }: Place) {
  const { path, status, additions, deletions, previousPath } = file;
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: null,
    filename: path,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${webOf(hub, repository)}/blob/${sha}/${escaped}`,
    raw_url: `${webOf(hub, repository)}/raw/${sha}/${escaped}`,
    contents_url: `${apiOf(hub, repository)}/contents/${escaped}?ref=${sha}`,
    ...(previousPath !== undefined && { previous_filename: previousPath }),
  };
}

/** How much changed in all. */
export function statsOf(files: readonly { additions: number; deletions: number }[]) {
  let additions = 0;
  let deletions = 0;
  for (const file of files) {
    additions += file.additions;
    deletions += file.deletions;
  }
  return { additions, deletions, total: additions + deletions };
}

export function signatureView({ name, email, at }: Commit['author']) {
  return { name, email, date: moment(at) };
}

function accountView(hub: Hub, email: string) {
  const account = accountWithEmail(email);
  return account === undefined ? null : simpleUser(hub, account);
}
