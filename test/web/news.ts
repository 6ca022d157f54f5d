import type { NewsEvent } from '../../src/ports/delivery.ts';
import { HEAD } from './listening.ts';

const repository = { full_name: 'acme/api' };
const headed = { head_sha: HEAD, head_branch: 'feature/x' };
const pull_request = { number: 7, head: { ref: 'feature/x', sha: HEAD }, base: { ref: 'main' } };

/** What GitHub tells of the branch `feature/x` and its commit, as far as it is read. */
export const news: Record<NewsEvent, Record<string, unknown>> = {
  check_run: {
    ...{ action: 'completed', repository },
    check_run: { id: 1, head_sha: HEAD, check_suite: { head_branch: 'feature/x' } },
  },
  check_suite: { action: 'completed', repository, check_suite: { id: 1, ...headed } },
  status: { state: 'success', repository, sha: HEAD, branches: [{ name: 'feature/x' }] },
  pull_request: { action: 'closed', repository, pull_request },
  pull_request_review: { action: 'submitted', repository, pull_request, review: { state: 'approved' } },
  workflow_run: { action: 'completed', repository, workflow_run: { id: 1, ...headed } },
};
