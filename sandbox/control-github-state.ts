import { logCommits } from './github/git/commits.ts';
import type { Git } from './github/git/git.ts';
import { listRefs } from './github/git/refs.ts';
import type { GithubServer } from './github/github.ts';
import type { Pull, Repository } from './github/model.ts';
import { ACCOUNTS, tokenOf } from './github/people.ts';

const LATEST = 50;

/** What GET /sandbox/github answers. */
export async function githubState(github: GithubServer) {
  const repositories = [...github.hub.repositories.values()];
  return {
    settings: github.hub.settings(),
    webhooks: hookState(github),
    people: ACCOUNTS.map(({ login, name, email, type, role }) => ({
      login,
      name,
      email,
      role: role ?? null,
      ...(type === 'User' && { token: tokenOf(login) }),
    })),
    repositories: await Promise.all(repositories.map(repositoryState)),
  };
}

export function hookState({ webhooks }: GithubServer) {
  return {
    ...webhooks.settings(),
    deliveries: webhooks
      .deliveries()
      .slice(-LATEST)
      .map(({ guid, event, action, at, attempts }) => ({
        guid,
        event,
        action: action ?? null,
        at: new Date(at).toISOString(),
        attempts,
      })),
  };
}

async function repositoryState(repository: Repository) {
  const { git, fullName, defaultBranch, protections } = repository;
  const refs = await listRefs(git);
  const branches = refs.filter(({ name }) => name.startsWith('refs/heads/'));
  const titles = await titlesOf(
    git,
    branches.map(({ commit }) => commit),
  );
  return {
    name: fullName,
    defaultBranch,
    branches: branches.map(({ name, commit }) => {
      const branch = name.slice('refs/heads/'.length);
      return {
        name: branch,
        sha: commit,
        title: titles.get(commit) ?? '',
        rules: protections.get(branch) ?? null,
      };
    }),
    tags: refs
      .filter(({ name }) => name.startsWith('refs/tags/'))
      .map(({ name, commit }) => ({ name: name.slice('refs/tags/'.length), sha: commit })),
    pulls: repository.pulls.map(pullState),
    checks: [
      ...repository.checkRuns.map(({ name, sha, status, conclusion, title }) => ({
        name,
        sha,
        state: conclusion ?? status,
        says: title ?? null,
      })),
      ...repository.statuses.map(({ context, sha, state, description }) => ({
        name: context,
        sha,
        state,
        says: description,
      })),
    ],
    runs: repository.runs.slice(-LATEST).map(({ id, workflow, event, sha, displayTitle, jobs, ...run }) => ({
      id,
      workflow: workflow.path,
      event,
      ref: run.ref,
      sha,
      title: displayTitle,
      state: run.conclusion ?? run.status,
      jobs: jobs.map((job) => ({ name: job.name, state: job.conclusion ?? job.status })),
    })),
    deployments: repository.deployments.map(({ id, sha, environment, payload, statuses }) => ({
      id,
      sha,
      environment,
      payload,
      statuses: statuses.map(({ state, description }) => ({ state, description })),
    })),
  };
}

async function titlesOf(git: Git, commits: readonly string[]): Promise<Map<string, string>> {
  if (commits.length === 0) return new Map();
  const read = await logCommits(git, ['--no-walk', ...commits]);
  return new Map(read.map(({ sha, message }) => [sha, message.split('\n')[0] ?? '']));
}

export function pullState(pull: Pull) {
  return {
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.merged === undefined ? pull.state : 'merged',
    draft: pull.isDraft,
    author: pull.author,
    head: pull.head,
    base: pull.base,
    labels: pull.labels.map(({ name }) => name),
    reviewers: [...pull.reviewers.people, ...pull.reviewers.teams],
    reviews: pull.reviews.map(({ by, state, body }) => ({ by, state, body })),
    mergeCommit: pull.merged?.commit ?? null,
    mergedBy: pull.merged?.by ?? null,
  };
}
