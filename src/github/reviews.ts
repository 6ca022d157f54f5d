import { z } from 'zod';
import { type CodeHost, CodeHostRefused, type Repository, type Review } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { GithubApi, Read } from './api.ts';
import { METADATA, PULL_REQUESTS } from './permissions.ts';
import { Moment, personOf } from './person.ts';

const ReviewAnswer = z.object({
  id: z.number(),
  user: z.object({ login: z.string(), type: z.string().optional() }).nullish(),
  state: z.string(),
  commit_id: z.string().nullish(),
  submitted_at: Moment.nullish(),
  author_association: z.string().optional(),
});
type ReviewAnswer = z.infer<typeof ReviewAnswer>;

const Reviews = z.array(ReviewAnswer);

/** What people say of a pull request. */
export function createReviews(api: GithubApi): Pick<CodeHost, 'reviews'> {
  return {
    async reviews(repository, number, options) {
      const pages = await api.readPages(repository, reviewsCall(repository, number), options);
      const newest = newestOfEach(pages.flat());
      return Promise.all(
        newest.map(async (review) => ({
          by: personOf(review.user),
          verdict: verdictOf(review.state),
          sha: review.commit_id ?? '',
          at: review.submitted_at ?? 0,
          counts: await counts(api, repository, review, options),
        })),
      );
    },
  };
}

export function reviewsCall(repository: Repository, number: number): Read<z.infer<typeof Reviews>> {
  return {
    what: `read the reviews of pull request #${number} of ${repository}`,
    needs: { ...PULL_REQUESTS, access: 'read' },
    route: 'GET /repos/{owner}/{repo}/pulls/{number}/reviews',
    parameters: { number },
    answer: Reviews,
    isOften: true,
  };
}

/** GitHub gives them the oldest first. A comment after a verdict does not change it. */
function newestOfEach(reviews: readonly ReviewAnswer[]): ReviewAnswer[] {
  const newest = new Map<string, ReviewAnswer>();
  for (const review of reviews) {
    if (review.user == null || review.state === 'PENDING') continue;
    const before = newest.get(review.user.login);
    if (before === undefined || !isComment(review) || isComment(before))
      newest.set(review.user.login, review);
  }
  return [...newest.values()];
}

function isComment({ state }: ReviewAnswer): boolean {
  return verdictOf(state) === 'commented';
}

function verdictOf(state: string): Review['verdict'] {
  switch (state) {
    case 'APPROVED':
      return 'approved';
    case 'CHANGES_REQUESTED':
      return 'changes-requested';
    case 'DISMISSED':
      return 'dismissed';
    default:
      return 'commented';
  }
}

/**
 * From a person with write access. GitHub is asked: a member of the organisation need not have it, and that somebody is one
 * it only tells those who may see it.
 */
async function counts(
  api: GithubApi,
  repository: Repository,
  { user, author_association: association = '' }: ReviewAnswer,
  options: CallOptions,
): Promise<boolean> {
  if (user == null || user.type === 'Bot') return false;
  const call = {
    what: `see what ${user.login} may do in ${repository}`,
    needs: METADATA,
    route: 'GET /repos/{owner}/{repo}/collaborators/{login}/permission' as const,
    parameters: { login: user.login },
    answer: z.object({ permission: z.string() }),
    isOften: true as const,
  };
  try {
    const found = await api.find(repository, call, options);
    return found?.permission === 'write' || found?.permission === 'admin';
  } catch (error) {
    if (!(error instanceof CodeHostRefused) || error.why !== 'forbidden') throw error;
    // Forge may not see it. Owners may write; a member of the organisation need not.
    return association === 'OWNER';
  }
}
