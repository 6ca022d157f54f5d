import { describe } from 'vitest';
import { githubActs } from '../../sandbox/control-github-acts.ts';
import { knownRepository } from '../../sandbox/control-github-known.ts';
import { APP } from '../../sandbox/github/people.ts';
import { createGithub } from '../../src/github/github.ts';
import { silentLog } from '../fakes/log.ts';
import { startGithub } from '../sandbox/github/start-github.ts';
import { type CodeHostWorld, codeHostContract } from './code-host.ts';

describe('the adapter to GitHub keeps the contract of a code host, over the sandbox:', () => {
  codeHostContract(createWorld);
});

const repository = 'acme/api';
const as = 'sam-okafor';
const states = { passed: 'success', failed: 'failure', waiting: 'in_progress', skipped: 'skipped' } as const;

async function createWorld(): Promise<CodeHostWorld> {
  const { github, origin, runner } = await startGithub();
  const acts = githubActs(github);
  const host = createGithub({
    credentials: { kind: 'app', appId: String(APP.id), privateKey: github.privateKey },
    apiUrl: `${origin}/github`,
    log: silentLog,
  });
  return {
    host,
    repository,
    workflow: 'deploy.yml',
    people: { writer: 'sam-okafor', reader: 'passer-by' },
    async push(branch, { files, message = 'A change' }) {
      return (await acts.commit({ repository, as, branch, from: 'main', message, files })).sha;
    },
    async tag(tag, ref) {
      await acts.pushTag({ repository, as, tag, ref });
    },
    async tagAll(names, at) {
      const lines = names.map((name) => `create refs/tags/${name} ${at}\n`);
      const { git } = knownRepository(github.hub, repository);
      await git.run(['update-ref', '--stdin'], { input: lines.join('') });
    },
    async deleteBranch(branch) {
      await acts.deleteRef({ repository, as, branch });
    },
    async setCheck(ref, { name, state }) {
      await acts.check({ repository, as, ref, name, kind: 'check-run', state: states[state] });
    },
    async review(pull, by, verdict) {
      await acts.review({ repository, as: by, pull, verdict, says: 'So.' });
    },
    async setDraft(pull, draft) {
      await acts.changePull({ repository, as, pull, draft });
    },
    async closePullRequest(pull) {
      await acts.changePull({ repository, as, pull, state: 'closed' });
    },
    async endRun(_id, { isGood, log }) {
      runner.finish(isGood ? 'success' : 'failure', log);
    },
  };
}
