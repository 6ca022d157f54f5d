import { z } from 'zod';
import { type CodeHost, CodeHostRefused, CodeHostUnavailable, type Repository } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { GithubApi } from './api.ts';
import { CONTENTS_WRITE, labelOf, PULL_REQUESTS } from './permissions.ts';
import { isOfRepository, PullSummary, pullCall, pullRequestOf } from './pull-request.ts';
import { plainLine, withoutStop } from './said.ts';

const MUTATION =
  'mutation ($input: RevertPullRequestInput!) { revertPullRequest(input: $input) { revertPullRequest { number } } }';

const GraphqlErrors = z.array(z.object({ type: z.string().optional(), message: z.string() })).min(1);

const Reverted = z.union([
  z.object({ errors: GraphqlErrors }),
  z.object({
    data: z.object({
      revertPullRequest: z.object({ revertPullRequest: z.object({ number: z.number() }) }),
    }),
  }),
]);

/** Opening the pull request that takes a merged one back. GitHub has it in its GraphQL API only. */
export function createRevert(
  api: GithubApi,
  { graphqlUrl }: { graphqlUrl: string },
): Pick<CodeHost, 'revert'> {
  return {
    async revert(repository, { number, title, body }, options) {
      const pull = await api.read(repository, pullCall(repository, number), options);
      const what = `take back pull request #${number} of ${repository}`;
      if (!pull.merged) {
        throw new CodeHostRefused(`Could not ${what}: it is not merged.`, 'invalid');
      }
      const before = await revertOf(api, repository, { number, base: pull.base.ref }, options);
      const made =
        before ??
        (await revert(api, repository, { what, graphqlUrl, id: pull.node_id, title, body }, options));
      return pullRequestOf(await api.read(repository, pullCall(repository, made), options));
    },
  };
}

/** GitHub calls the branch of a revert `revert-12-…`. One that was closed without being merged does not count. */
async function revertOf(
  api: GithubApi,
  repository: Repository,
  { number, base }: { number: number; base: string },
  options: CallOptions,
): Promise<number | undefined> {
  const isRevert = (pull: PullSummary) =>
    pull.number > number &&
    pull.head.ref.startsWith(`revert-${number}-`) &&
    pull.base.ref === base &&
    isOfRepository(pull) &&
    (pull.state === 'open' || pull.merged_at != null);
  const call = {
    what: `look for the revert of pull request #${number} in ${repository}`,
    needs: { ...PULL_REQUESTS, access: 'read' as const },
    route: 'GET /repos/{owner}/{repo}/pulls' as const,
    parameters: { state: 'all', base, sort: 'created', direction: 'desc' },
    answer: z.array(PullSummary),
    // The newest come first: before the one to be taken back there is none.
    isEnough: (page: PullSummary[]) => page.some((one) => isRevert(one) || one.number <= number),
  };
  const pages = await api.readPages(repository, call, options);
  return pages.flat().find(isRevert)?.number;
}

async function revert(
  api: GithubApi,
  repository: Repository,
  { what, graphqlUrl, id, title, body }: Record<'what' | 'graphqlUrl' | 'id' | 'title' | 'body', string>,
  options: CallOptions,
): Promise<number> {
  const call = {
    what,
    needs: CONTENTS_WRITE,
    route: 'POST /graphql' as const,
    parameters: {
      baseUrl: graphqlUrl,
      query: MUTATION,
      variables: { input: { pullRequestId: id, title, body } },
    },
    answer: Reverted,
  };
  const answer = await api.write(repository, call, options);
  if ('data' in answer) return answer.data.revertPullRequest.revertPullRequest.number;
  throw graphqlError(answer.errors, what);
}

function graphqlError(errors: z.infer<typeof GraphqlErrors>, what: string): Error {
  const words = plainLine(errors.map(({ message }) => withoutStop(message)).join('; '));
  const types = errors.map(({ type }) => type ?? '');
  if (types.includes('FORBIDDEN')) {
    const permissions = [CONTENTS_WRITE, PULL_REQUESTS].map((one) => `“${labelOf(one)}”`).join(' and ');
    const remedy = `Give Forge’s GitHub App or token the permissions ${permissions}.`;
    return new CodeHostRefused(`GitHub refuses to ${what}: ${words}. ${remedy}`, 'forbidden');
  }
  if (types.includes('NOT_FOUND')) {
    return new CodeHostRefused(`GitHub refuses to ${what}: ${words}.`, 'not-found');
  }
  if (types.includes('UNPROCESSABLE')) {
    const remedy = 'Someone has to take the change back in a branch of their own.';
    return new CodeHostRefused(`GitHub refuses to ${what}: ${words}. ${remedy}`, 'invalid');
  }
  return new CodeHostUnavailable(`Could not ${what}: ${words}.`);
}
