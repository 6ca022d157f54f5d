import type { Hub } from './hub.ts';
import type { Pull, Repository, Review } from './model.ts';
import { userView } from './views/accounts.ts';
import { pullView, reviewView } from './views/pulls.ts';

type Place = { hub: Hub; repository: Repository };

/** Tells of a pull request as it is now. */
export function tellPull(
  place: Place,
  pull: Pull,
  { action, by, more = {} }: { action: string; by: string; more?: Record<string, unknown> },
): void {
  place.hub.tell({
    event: 'pull_request',
    repository: place.repository,
    sender: by,
    payload: { action, number: pull.number, pull_request: hookView(pull, place), ...more },
  });
}

export function tellReview(place: Place, pull: Pull, { review, action }: { review: Review; action: string }) {
  const view = reviewView(review, pull, place);
  place.hub.tell({
    event: 'pull_request_review',
    repository: place.repository,
    sender: review.by,
    // Webhooks spell it in small letters, the API in capitals.
    payload: {
      action,
      review: { ...view, state: review.state.toLowerCase() },
      pull_request: pullView(pull, place),
    },
  });
}

function hookView(pull: Pull, place: Place) {
  return {
    ...pullView(pull, place),
    merged: pull.merged !== undefined,
    mergeable: null,
    mergeable_state: 'unknown',
    merged_by: pull.merged === undefined ? null : userView(place.hub, pull.merged.by),
  };
}
