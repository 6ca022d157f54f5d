import { z } from 'zod';
import type { CodeHost, PullRequest, Repository } from '../ports/code-host.ts';
import { CodeHostRefused } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import { answerBehind } from './answered.ts';
import type { GithubApi } from './api.ts';
import { PULL_REQUESTS } from './permissions.ts';
import { isOfRepository, PullAnswer, PullSummary, pullCall, pullRequestOf } from './pull-request.ts';
import { partsOf } from './repository-name.ts';

type Pulls = Pick<
  CodeHost,
  | 'openPullRequest'
  | 'pullRequest'
  | 'pullRequestsOf'
  | 'createPullRequest'
  | 'describePullRequest'
  | 'addLabels'
>;

/** A commit is brought in by one or two; more are read for nothing. */
const MOST_OF_A_COMMIT = 10;

const READ_PULLS = { ...PULL_REQUESTS, access: 'read' } as const;

/** Pull requests: reading, opening and describing them. */
export function createPulls(api: GithubApi): Pulls {
  const pullRequest = async (
    repository: Repository,
    number: number,
    options: CallOptions,
  ): Promise<PullRequest> => pullRequestOf(await api.read(repository, pullCall(repository, number), options));

  const openPullRequest: Pulls['openPullRequest'] = async (repository, of, options) => {
    const { owner } = partsOf(repository);
    const call = {
      what: `look for the pull request of ${of.head} into ${of.base} in ${repository}`,
      needs: READ_PULLS,
      route: 'GET /repos/{owner}/{repo}/pulls' as const,
      parameters: { state: 'open', head: `${owner}:${of.head}`, base: of.base },
      answer: z.array(PullSummary),
      isOften: true as const,
    };
    const pages = await api.readPages(repository, call, options);
    // GitHub passes over a filter that it does not understand.
    const found = pages
      .flat()
      .find((pull) => pull.head.ref === of.head && pull.base.ref === of.base && isOfRepository(pull));
    return found === undefined ? undefined : pullRequest(repository, found.number, options);
  };

  return {
    pullRequest,
    openPullRequest,
    async pullRequestsOf(repository, sha, options) {
      const call = {
        what: `look for the pull requests of ${sha.slice(0, 12)} in ${repository}`,
        needs: READ_PULLS,
        route: 'GET /repos/{owner}/{repo}/commits/{sha}/pulls' as const,
        parameters: { sha },
        answer: z.array(PullSummary),
        absent: [404, 422],
      };
      const found = (await api.find(repository, call, options)) ?? [];
      const merged = found.filter((pull) => pull.merged_at != null).slice(0, MOST_OF_A_COMMIT);
      return Promise.all(merged.map(({ number }) => pullRequest(repository, number, options)));
    },
    async createPullRequest(repository, request, options) {
      const call = {
        what: `open a pull request of ${request.head} into ${request.base} in ${repository}`,
        needs: PULL_REQUESTS,
        route: 'POST /repos/{owner}/{repo}/pulls' as const,
        parameters: request,
        answer: PullAnswer,
      };
      try {
        return pullRequestOf(await api.write(repository, call, options));
      } catch (error) {
        const open = isInvalid(error) ? await openPullRequest(repository, request, options) : undefined;
        if (open !== undefined) return open;
        throw notOpened(error, request);
      }
    },
    async describePullRequest(repository, { number, title, body }, options) {
      const call = {
        what: `describe pull request #${number} of ${repository}`,
        needs: PULL_REQUESTS,
        route: 'PATCH /repos/{owner}/{repo}/pulls/{number}' as const,
        parameters: { number, body, ...(title !== undefined && { title }) },
        answer: z.object({ number: z.literal(number) }),
      };
      await api.write(repository, call, options);
    },
    async addLabels(repository, { number, labels }, options) {
      if (labels.length === 0) return;
      const call = {
        what: `label pull request #${number} of ${repository}`,
        needs: PULL_REQUESTS,
        route: 'POST /repos/{owner}/{repo}/issues/{number}/labels' as const,
        parameters: { number, labels },
        answer: z.array(z.object({ name: z.string() })).min(1),
      };
      await api.write(repository, call, options);
    },
  };
}

function isInvalid(error: unknown): boolean {
  return error instanceof CodeHostRefused && error.why === 'invalid';
}

/** GitHub's most frequent refusals, in words that say what to do. */
function notOpened(error: unknown, { head, base }: { head: string; base: string }): unknown {
  const said = answerBehind(error)?.said ?? '';
  const refused = (sentence: string) => new CodeHostRefused(sentence, 'invalid', { cause: causeOf(error) });
  if (/no commits between/i.test(said)) {
    return refused(`${head} has nothing that ${base} does not have already: there is nothing to ship.`);
  }
  if (/\bhead is invalid\b/i.test(said)) {
    return refused(`There is no branch ${head} on GitHub. Push it, or check its name.`);
  }
  if (/\bbase is invalid\b/i.test(said)) {
    return refused(`There is no branch ${base} on GitHub. Check its name in forge.yml.`);
  }
  return error;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
