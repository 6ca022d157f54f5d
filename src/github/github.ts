import type { Clock } from '../ports/clock.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Log } from '../ports/log.ts';
import { createApi } from './api.ts';
import { createBelonging } from './belonging.ts';
import { createChecks } from './checks.ts';
import { createCommits } from './commits.ts';
import { createConnections } from './connections.ts';
import type { GithubCredentials } from './credentials.ts';
import { createDeployments } from './deployments.ts';
import { type Fetch, inTime } from './flight.ts';
import { createGitAccess } from './git-access.ts';
import { createJobLog } from './job-log.ts';
import { createMerge } from './merge.ts';
import { createPulls } from './pulls.ts';
import { createRefs } from './refs.ts';
import { createRevert } from './revert.ts';
import { createReviewers } from './reviewers.ts';
import { createReviews } from './reviews.ts';
import { createSetupProblems } from './setup-problems.ts';
import { createWorkflowRuns } from './workflow-runs.ts';

export type GithubOptions = {
  credentials: GithubCredentials;
  /** Default: GitHub itself. Of a GitHub Enterprise Server: `https://HOST/api/v3`. */
  apiUrl?: string;
  log: Log;
  clock?: Pick<Clock, 'now'>;
  fetch?: Fetch;
  /** How long a second lasts before something is tried again, for tests. Milliseconds. */
  secondMs?: number;
};

/** GitHub as the code host. What is wrong with the credentials is said by the first call. */
export function createGithub(options: GithubOptions): CodeHost {
  const { credentials, log, clock = Date, secondMs = 1_000 } = options;
  const plainFetch: Fetch = options.fetch ?? ((address, init) => globalThis.fetch(address, init));
  const fetch = inTime(plainFetch);
  const now = () => clock.now();
  const apiUrl = (options.apiUrl ?? 'https://api.github.com').replace(/\/+$/, '');
  const connections = createConnections(credentials, { apiUrl, log, fetch, secondMs });
  const api = createApi(connections, { fetch, now });
  const refs = createRefs(api);
  return {
    ...refs,
    ...createBelonging(api, refs),
    ...createCommits(api),
    ...createChecks(api),
    ...createPulls(api),
    ...createReviewers(api),
    ...createReviews(api),
    ...createMerge(api),
    ...createRevert(api, { graphqlUrl: graphqlUrlOf(apiUrl) }),
    ...createWorkflowRuns(api),
    ...createJobLog(api, plainFetch),
    ...createDeployments(api),
    ...createGitAccess(api),
    ...createSetupProblems(api, {
      installation: (repository, { signal }) => connections.installation(repository, { signal, fetch, now }),
      now,
    }),
  };
}

/** A GitHub Enterprise Server has its GraphQL API beside the other one. */
function graphqlUrlOf(apiUrl: string): string {
  return apiUrl.endsWith('/api/v3') ? apiUrl.slice(0, -'/v3'.length) : apiUrl;
}
