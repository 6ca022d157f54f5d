import { logCommits, readCommit } from './git/commits.ts';
import { commitAt, contains, moveRefs, type RefChange } from './git/refs.ts';
import type { Hub } from './hub.ts';
import type { Pull, Repository } from './model.ts';
import { commitEmail, knownAccount } from './people.ts';
import { tellPull } from './pull-events.ts';
import { webOf } from './views/addresses.ts';
import { gitCommitView } from './views/commits.ts';
import { startPullRuns, startPushRuns } from './workflow-runs.ts';

type Place = { hub: Hub; repository: Repository };

/** What GitHub lists in one push. */
const MOST_COMMITS = 20;
const NOTHING = '0'.repeat(40);

/** Moves refs, and has everything follow. False, and nothing, when one is not where it was said to be. */
export async function changeRefs(
  place: Place,
  { changes, by }: { changes: readonly RefChange[]; by: string },
): Promise<boolean> {
  if (!(await moveRefs(place.repository.git, changes))) return false;
  await followRefs(place, { changes, by });
  return true;
}

/** Lets pull requests, workflows and webhooks follow refs that have moved. */
export async function followRefs(
  place: Place,
  { changes, by }: { changes: readonly RefChange[]; by: string },
): Promise<void> {
  for (const change of changes) {
    if (!/^refs\/(heads|tags)\//.test(change.name)) continue;
    await tellPush(place, { change, by });
    if (change.after !== undefined) await startPushRuns(place, { change, by });
    if (change.name.startsWith('refs/heads/')) await followPulls(place, { change, by });
  }
}

async function tellPush({ hub, repository }: Place, { change, by }: { change: RefChange; by: string }) {
  const { name, before, after } = change;
  const { git } = repository;
  const commit = after === undefined ? undefined : await commitAt(git, after);
  const isBranch = name.startsWith('refs/heads/');
  const since = isBranch ? (before ?? `refs/heads/${repository.defaultBranch}`) : undefined;
  const commits = commit === undefined || since === undefined ? [] : await newCommits(git, since, commit);
  const place = { hub, repository };
  const short = { ref: name.replace(/^refs\/(heads|tags)\//, ''), ref_type: isBranch ? 'branch' : 'tag' };
  const account = knownAccount(by);
  hub.tell({
    event: 'push',
    repository,
    sender: by,
    payload: {
      ref: name,
      before: before ?? NOTHING,
      after: after ?? NOTHING,
      created: before === undefined,
      deleted: after === undefined,
      forced: await isForced(git, change),
      base_ref: null,
      compare: `${webOf(hub, repository)}/compare/${before ?? NOTHING}...${after ?? NOTHING}`,
      commits: commits.slice(-MOST_COMMITS).map((one) => pushedView(one, place)),
      head_commit: commit === undefined ? null : pushedView(await readCommit(git, commit), place),
      pusher: { name: by, email: commitEmail(account) },
    },
  });
  const description = { ...short, master_branch: repository.defaultBranch, pusher_type: 'user' };
  if (before === undefined) hub.tell({ event: 'create', repository, sender: by, payload: description });
  if (after === undefined) hub.tell({ event: 'delete', repository, sender: by, payload: description });
}

async function newCommits(git: Repository['git'], since: string, commit: string) {
  const isThere = (await commitAt(git, since)) !== undefined;
  if (!isThere) return [];
  return (await logCommits(git, [`${since}..${commit}`], { most: 250 })).reverse();
}

async function isForced(git: Repository['git'], { name, before, after }: RefChange): Promise<boolean> {
  if (before === undefined || after === undefined) return false;
  if (name.startsWith('refs/tags/')) return true;
  return !(await contains(git, { commit: after, ancestor: before }));
}

function pushedView(commit: Awaited<ReturnType<typeof readCommit>>, place: Place) {
  const view = gitCommitView(commit, place);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: view.committer.date,
    url: view.html_url,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
    added: [],
    removed: [],
    modified: [],
  };
}

/** An open pull request moves with its branch, closes when it goes, and is merged when its base has all of it. */
async function followPulls(place: Place, { change, by }: { change: RefChange; by: string }): Promise<void> {
  const branch = change.name.slice('refs/heads/'.length);
  for (const pull of place.repository.pulls.filter((one) => one.state === 'open')) {
    if (pull.head.ref === branch) await followHead(place, pull, { change, by });
    else if (pull.base.ref === branch) await followBase(place, pull, { change, by });
  }
}

async function followHead(place: Place, pull: Pull, { change, by }: { change: RefChange; by: string }) {
  const { hub, repository } = place;
  if (change.after === undefined) return closePull(place, pull, by);
  const before = pull.head.sha;
  pull.head.sha = change.after;
  pull.updatedAt = hub.now();
  await moveRefs(repository.git, [{ name: `refs/pull/${pull.number}/head`, before, after: change.after }]);
  tellPull(place, pull, { action: 'synchronize', by, more: { before, after: change.after } });
  await startPullRuns(place, { pull, by });
}

async function followBase(place: Place, pull: Pull, { change, by }: { change: RefChange; by: string }) {
  const { hub, repository } = place;
  if (change.after === undefined) return closePull(place, pull, by);
  pull.base.sha = change.after;
  const isMerged = await contains(repository.git, { commit: change.after, ancestor: pull.head.sha });
  if (!isMerged) return;
  const before = change.before ?? change.after;
  pull.merged = { at: hub.now(), by, commit: change.after, before };
  closePull(place, pull, by);
}

export function closePull(place: Place, pull: Pull, by: string): void {
  pull.state = 'closed';
  pull.closedAt = place.hub.now();
  pull.updatedAt = pull.closedAt;
  tellPull(place, pull, { action: 'closed', by });
}
