import { countCommits, logCommits } from './git/commits.ts';
import { mergeCommit, rebasedCommit, squashCommit } from './git/merge.ts';
import { findRef, moveRefs } from './git/refs.ts';
import { GithubError, invalid } from './github-error.ts';
import type { Hub } from './hub.ts';
import { blockers } from './merge-state.ts';
import type { MergeMethod, Pull, Repository } from './model.ts';
import { commitEmail, knownAccount, ORGANISATION } from './people.ts';
import { tellPull } from './pull-events.ts';
import { changeRefs, closePull } from './ref-changes.ts';
import { startPullRuns } from './workflow-runs.ts';

type Place = { hub: Hub; repository: Repository };

export type NewPull = { head: string; base: string; title: string; body: string | null; isDraft: boolean };

/** Throws GithubError 422 where GitHub would open none. */
export async function openPull(place: Place, { by, ...wanted }: NewPull & { by: string }): Promise<Pull> {
  const { hub, repository } = place;
  const head = wanted.head.replace(new RegExp(`^${ORGANISATION.login}:`), '');
  const ends = await Promise.all([branchHead(repository, head), branchHead(repository, wanted.base)]);
  const [headSha, baseSha] = ends;
  if (headSha === undefined) throw invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' });
  if (baseSha === undefined) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
  if (openPullOf(repository, { head, base: wanted.base }) !== undefined) {
    throw custom(`A pull request already exists for ${ORGANISATION.login}:${head}.`);
  }
  if ((await countCommits(repository.git, `${baseSha}..${headSha}`)) === 0) {
    throw custom(`No commits between ${wanted.base} and ${head}`);
  }
  const pull: Pull = {
    id: hub.newId(),
    number: repository.pulls.length + 1,
    title: wanted.title,
    body: wanted.body,
    state: 'open',
    isDraft: wanted.isDraft,
    author: by,
    head: { ref: head, sha: headSha },
    base: { ref: wanted.base, sha: baseSha },
    createdAt: hub.now(),
    updatedAt: hub.now(),
    labels: [],
    reviewers: { people: [], teams: [] },
    reviews: [],
  };
  repository.pulls.push(pull);
  await moveRefs(repository.git, [{ name: `refs/pull/${pull.number}/head`, after: headSha }]);
  tellPull(place, pull, { action: 'opened', by });
  await startPullRuns(place, { pull, by });
  return pull;
}

export function openPullOf(repository: Repository, { head, base }: { head: string; base: string }) {
  return repository.pulls.find(
    (pull) => pull.state === 'open' && pull.head.ref === head && pull.base.ref === base,
  );
}

export type MergeRequest = {
  by: string;
  method: MergeMethod;
  sha?: string | undefined;
  title?: string | undefined;
  message?: string | undefined;
};

/** The commit it became. Throws GithubError 405 or 409 where GitHub would not merge. */
export async function mergePull(place: Place, pull: Pull, request: MergeRequest): Promise<string> {
  const { hub, repository } = place;
  await requireMergeable(repository, pull, request);
  const before = pull.base.sha;
  const commit = await combined(place, pull, request);
  if (commit === undefined) throw notMergeable();
  pull.merged = { at: hub.now(), by: request.by, commit, before };
  pull.state = 'closed';
  const change = { name: `refs/heads/${pull.base.ref}`, before, after: commit };
  if (!(await changeRefs(place, { changes: [change], by: request.by }))) {
    delete pull.merged;
    pull.state = 'open';
    throw new GithubError(409, 'Base branch was modified. Review and try the merge again.');
  }
  closePull(place, pull, request.by);
  return commit;
}

async function requireMergeable(repository: Repository, pull: Pull, { sha, method }: MergeRequest) {
  if (pull.state === 'closed') throw notMergeable();
  if (pull.isDraft) throw new GithubError(405, 'Pull Request is still a draft');
  if (sha !== undefined && sha !== pull.head.sha) {
    throw new GithubError(409, 'Head branch was modified. Review and try the merge again.');
  }
  if (!repository.merges[method])
    throw new GithubError(405, `${METHODS[method]} are not allowed on this repository.`);
  const reasons = await blockers(repository, pull);
  if (reasons.length > 0) throw new GithubError(405, reasons.join(' '));
}

const METHODS: Readonly<Record<MergeMethod, string>> = {
  merge: 'Merge commits',
  squash: 'Squash merges',
  rebase: 'Rebase merges',
};

async function combined(
  { hub, repository }: Place,
  pull: Pull,
  { by, method, title, message }: MergeRequest,
): Promise<string | undefined> {
  const { git } = repository;
  const ends = { base: pull.base.sha, head: pull.head.sha };
  const signed = signatureOf(by, hub.now());
  switch (method) {
    case 'merge': {
      const subject =
        title ?? `Merge pull request #${pull.number} from ${ORGANISATION.login}/${pull.head.ref}`;
      return mergeCommit(git, { ...ends, message: joined(subject, message ?? pull.title), by: signed });
    }
    case 'squash': {
      const commits = await logCommits(git, [`${ends.base}..${ends.head}`]);
      const list = commits.toReversed().map((commit) => `* ${commit.message}`);
      const text = joined(title ?? `${pull.title} (#${pull.number})`, message ?? list.join('\n\n'));
      return squashCommit(git, {
        ...ends,
        message: text,
        author: signatureOf(pull.author, hub.now()),
        by: signed,
      });
    }
    case 'rebase':
      return rebasedCommit(git, { ...ends, by: signed });
  }
}

/** Throws GithubError 422 for one that is merged, or whose branch or base is gone. */
export async function reopenPull(place: Place, pull: Pull, by: string): Promise<void> {
  const [head, base] = await Promise.all([
    branchHead(place.repository, pull.head.ref),
    branchHead(place.repository, pull.base.ref),
  ]);
  const canBe = pull.merged === undefined && head !== undefined && base !== undefined;
  if (!canBe) throw custom('state cannot be changed.');
  pull.state = 'open';
  pull.head.sha = head;
  pull.base.sha = base;
  delete pull.closedAt;
  pull.updatedAt = place.hub.now();
  tellPull(place, pull, { action: 'reopened', by });
}

export async function branchHead(repository: Repository, branch: string): Promise<string | undefined> {
  return (await findRef(repository.git, `refs/heads/${branch}`))?.commit;
}

/** How a commit is signed that somebody makes by the API. */
export function signatureOf(login: string, at: number) {
  const account = knownAccount(login);
  return { name: account.name ?? account.login, email: commitEmail(account), at };
}

/** Subject and rest of a commit's message. */
export function joined(subject: string, rest: string): string {
  return rest === '' ? subject : `${subject}\n\n${rest}`;
}

function notMergeable(): GithubError {
  return new GithubError(405, 'Pull Request is not mergeable');
}

/** A refusal in GitHub's words. */
export function custom(message: string): GithubError {
  return invalid({ resource: 'PullRequest', code: 'custom', message });
}
