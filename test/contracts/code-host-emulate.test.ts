import { Octokit } from '@octokit/rest';
import { createEmulator } from 'emulate';
import { describe, onTestFinished } from 'vitest';
import { createGithub } from '../../src/github/github.ts';
import { silentLog } from '../fakes/log.ts';
import { type CodeHostWorld, codeHostContract } from './code-host.ts';

/** Somebody else's idea of GitHub: where both answer a route, the adapter must agree with both. */
describe('the adapter to GitHub keeps the contract of a code host, over emulate:', () => {
  codeHostContract(createWorld, {
    // It knows no commit statuses, deployments, GraphQL and pull requests of commits, and cannot make workflows.
    lacks: ['checks', 'pull-requests-of-commits', 'reverts', 'builds', 'deployments'],
    // It opens a second pull request of the same branches, and empty ones; one does not move with its branch; it merges nothing of git.
    // Of tags it lists those that are objects.
    not: [
      'lists every branch and tag, and what moved since',
      'lists more refs than fit on a page',
      'tells that a commit is of a tag that has it, though its branch is gone',
      'is opened once: the same branches have one',
      'is refused where the branch has nothing new, or there is no such branch',
      'moves with its branch',
      'tells that it conflicts',
      'merges nothing of a branch that has moved',
      'is refused for a conflict, in a sentence',
    ],
  });
});

const [owner, repo] = ['octocat', 'api'];
const place = { owner, repo };
const events = { approve: 'APPROVE', 'request-changes': 'REQUEST_CHANGES', comment: 'COMMENT' } as const;

async function createWorld(): Promise<CodeHostWorld> {
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(
        ['octocat', 'forge', 'pat'].map((login) => [`token-${login}`, { login, scopes: ['repo'] }]),
      ),
      github: {
        users: ['octocat', 'forge', 'pat'].map((login) => ({
          login,
          name: login,
          email: `${login}@acme.example`,
        })),
        repos: [{ owner, name: repo, auto_init: true, default_branch: 'main' }],
      },
    },
  });
  onTestFinished(() => emulator.close());
  const as = (login: string) =>
    new Octokit({ baseUrl: emulator.url, auth: `token-${login}`, log: silentLog });
  const octocat = as('octocat');
  await octocat.repos.addCollaborator({ ...place, username: 'forge', permission: 'push' });
  const head = async (branch: string): Promise<string | undefined> => {
    const { data } = await octocat.repos.listBranches({ ...place, per_page: 100 });
    return data.find(({ name }) => name === branch)?.commit.sha;
  };
  return {
    host: createGithub({
      credentials: { kind: 'token', token: 'token-forge' },
      apiUrl: emulator.url,
      log: silentLog,
    }),
    repository: `${owner}/${repo}`,
    workflow: 'deploy.yml',
    people: { writer: 'octocat', reader: 'pat' },
    async push(branch, { files, message = 'A change' }) {
      const before = await head(branch);
      const parent = before ?? (await head('main')) ?? '';
      const { data: commit } = await octocat.git.getCommit({ ...place, commit_sha: parent });
      const tree = Object.entries(files).map(
        ([path, content]) => ({ path, content, mode: '100644', type: 'blob' }) as const,
      );
      const made = await octocat.git.createTree({ ...place, base_tree: commit.tree.sha, tree });
      const { data } = await octocat.git.createCommit({
        ...place,
        message,
        tree: made.data.sha,
        parents: [parent],
      });
      if (before === undefined)
        await octocat.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: data.sha });
      else await octocat.git.updateRef({ ...place, ref: `heads/${branch}`, sha: data.sha });
      return data.sha;
    },
    async tag(name, sha) {
      await octocat.git.createRef({ ...place, ref: `refs/tags/${name}`, sha });
    },
    async deleteBranch(branch) {
      await octocat.git.deleteRef({ ...place, ref: `heads/${branch}` });
    },
    async setCheck() {
      throw new Error('emulate knows no commit statuses');
    },
    async review(pull_number, by, verdict) {
      await as(by).pulls.createReview({ ...place, pull_number, event: events[verdict], body: 'So.' });
    },
    async setDraft(pull_number, draft) {
      await octocat.pulls.update({ ...place, pull_number, ...{ draft } });
    },
    async closePullRequest(pull_number) {
      await octocat.pulls.update({ ...place, pull_number, state: 'closed' });
    },
    async endRun() {
      throw new Error('emulate cannot make workflows');
    },
  };
}
