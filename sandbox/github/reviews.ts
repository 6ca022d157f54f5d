import { GithubError } from './github-error.ts';
import type { Hub } from './hub.ts';
import type { Pull, Repository, Review } from './model.ts';
import { tellReview } from './pull-events.ts';

/** What an event of the API makes of a review. */
export const VERDICTS = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
} as const;

/** Throws GithubError 422 where GitHub takes no such review. */
export function writeReview(
  place: { hub: Hub; repository: Repository },
  pull: Pull,
  written: { by: string; state: Review['state']; body: string; sha: string },
): Review {
  const { by, state, body } = written;
  if (by === pull.author && state !== 'COMMENTED') {
    const what = state === 'APPROVED' ? 'approve' : 'request changes on';
    throw new GithubError(422, 'Unprocessable Entity', {
      errors: [`Can not ${what} your own pull request`],
    });
  }
  if (state !== 'APPROVED' && body === '') {
    throw new GithubError(422, 'Unprocessable Entity', { errors: ['Body cannot be blank'] });
  }
  const review: Review = { ...written, id: place.hub.newId(), at: place.hub.now() };
  pull.reviews.push(review);
  pull.reviewers.people = pull.reviewers.people.filter((login) => login !== by);
  pull.updatedAt = review.at;
  tellReview(place, pull, { review, action: 'submitted' });
  return review;
}

/** Takes the newest verdict of somebody back. False when they gave none. */
export function dismissReview(place: { hub: Hub; repository: Repository }, pull: Pull, by: string): boolean {
  const review = pull.reviews.findLast((one) => one.by === by && one.state !== 'COMMENTED');
  if (review === undefined || review.state === 'DISMISSED') return false;
  review.state = 'DISMISSED';
  tellReview(place, pull, { review, action: 'dismissed' });
  return true;
}
