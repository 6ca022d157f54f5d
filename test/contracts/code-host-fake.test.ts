import { describe } from 'vitest';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { type CodeHostWorld, codeHostContract } from './code-host.ts';

describe('the fake code host keeps the contract of a code host:', () => {
  codeHostContract(createWorld);
});

const repository = 'acme/api';
const verdicts = {
  approve: 'approved',
  'request-changes': 'changes-requested',
  comment: 'commented',
} as const;

async function createWorld(): Promise<CodeHostWorld> {
  const host = new FakeCodeHost();
  const api = host.repository(repository);
  api.push('main', { files: { 'README.md': 'The API\n' } });
  api.pulls.unaskable.set('nobody-of-that-name', 'nobody is called so');
  api.runs.workflows = new Set(['deploy.yml']);
  return {
    host,
    repository,
    workflow: 'deploy.yml',
    people: { writer: 'sam-okafor', reader: 'passer-by' },
    push: async (branch, commit) => api.push(branch, commit, 'main'),
    tag: async (name, at) => api.tag(name, at),
    deleteBranch: async (branch) => api.deleteBranch(branch),
    setCheck: async (sha, check) => api.setCheck(sha, check),
    review: async (number, by, verdict) => api.review(number, by, verdicts[verdict], by === 'sam-okafor'),
    setDraft: async (number, isDraft) => api.setDraft(number, isDraft),
    closePullRequest: async (number) => api.close(number),
    endRun: async (id, { isGood, log }) =>
      api.runs.set(id, { state: isGood ? 'passed' : 'failed', log: isGood ? [] : [...log] }),
  };
}
