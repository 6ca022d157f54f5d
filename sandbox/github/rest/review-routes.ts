import { z } from 'zod';
import { GithubError, invalid, notFound } from '../github-error.ts';
import type { Label, Pull } from '../model.ts';
import { accountOf, TEAMS } from '../people.ts';
import { tellPull } from '../pull-events.ts';
import { VERDICTS, writeReview } from '../reviews.ts';
import { teamView, userView } from '../views/accounts.ts';
import { labelView, pullView, reviewView } from '../views/pulls.ts';
import { loginOf } from './caller.ts';
import { knownPull } from './known-pull.ts';
import { paged } from './paged.ts';
import { created, inRepository, ok, type RepositoryCall, type Route } from './route.ts';

const Reviewers = z.object({
  reviewers: z.array(z.string()).default([]),
  team_reviewers: z.array(z.string()).default([]),
});
const NewReview = z.object({
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']),
  body: z.string().default(''),
  commit_id: z.string().optional(),
});
const NewLabels = z.union([
  z.object({ labels: z.array(z.string().min(1)) }),
  z.array(z.string().min(1)).transform((labels) => ({ labels })),
]);
const NewLabel = z.object({ name: z.string().min(1), color: z.string().default('ededed') });

/** Who is asked to review, what they said, and labels. */
export const reviewRoutes: Route[] = [
  inRepository('GET /pulls/:pull_number/reviews', 'pulls.listReviews', ['pull_requests', 'read'], (call) => {
    const pull = knownPull(call);
    const { items, headers } = paged(call, pull.reviews);
    return ok(
      items.map((review) => reviewView(review, pull, call)),
      headers,
    );
  }),
  // Whoever may read may say what they think; it counts of those who may write.
  inRepository(
    'POST /pulls/:pull_number/reviews',
    'pulls.createReview',
    ['pull_requests', 'write', 'read'],
    (call) => {
      const pull = knownPull(call);
      const { event, body, commit_id } = call.read(NewReview);
      const sha = commit_id ?? pull.head.sha;
      const review = writeReview(call, pull, { by: loginOf(call.caller), state: VERDICTS[event], body, sha });
      return ok(reviewView(review, pull, call));
    },
  ),
  inRepository(
    'GET /pulls/:pull_number/requested_reviewers',
    'pulls.listRequestedReviewers',
    ['pull_requests', 'read'],
    (call) => {
      const { people, teams } = knownPull(call).reviewers;
      return ok({
        users: people.map((login) => userView(call.hub, login)),
        teams: teams.map((slug) => teamView(call.hub, slug)),
      });
    },
  ),
  inRepository(
    'POST /pulls/:pull_number/requested_reviewers',
    'pulls.requestReviewers',
    ['pull_requests', 'write'],
    (call) => {
      const pull = knownPull(call);
      askReviewers(pull, call.read(Reviewers), call);
      return created(pullView(pull, call));
    },
  ),
  inRepository(
    'DELETE /pulls/:pull_number/requested_reviewers',
    'pulls.removeRequestedReviewers',
    ['pull_requests', 'write'],
    (call) => {
      const pull = knownPull(call);
      const { reviewers, team_reviewers } = call.read(Reviewers);
      pull.reviewers.people = pull.reviewers.people.filter((login) => !reviewers.includes(login));
      pull.reviewers.teams = pull.reviewers.teams.filter((slug) => !team_reviewers.includes(slug));
      return ok(pullView(pull, call));
    },
  ),
  inRepository(
    'GET /issues/:pull_number/labels',
    'issues.listLabelsOnIssue',
    ['pull_requests', 'read'],
    labelsOf,
  ),
  inRepository('POST /issues/:pull_number/labels', 'issues.addLabels', ['pull_requests', 'write'], (call) => {
    const pull = knownPull(call);
    for (const name of call.read(NewLabels).labels) addLabel(pull, name, call);
    return labelsOf(call);
  }),
  inRepository('GET /labels', 'issues.listLabelsForRepo', ['pull_requests', 'read'], (call) => {
    const { items, headers } = paged(call, call.repository.labels);
    return ok(
      items.map((label) => labelView(label, call)),
      headers,
    );
  }),
  inRepository('GET /labels/:name', 'issues.getLabel', ['pull_requests', 'read'], (call) => {
    const label = labelNamed(call, call.params.name ?? '');
    if (label === undefined) throw notFound();
    return ok(labelView(label, call));
  }),
  inRepository('POST /labels', 'issues.createLabel', ['pull_requests', 'write'], (call) => {
    const { name, color } = call.read(NewLabel);
    if (labelNamed(call, name) !== undefined) {
      throw invalid({ resource: 'Label', code: 'already_exists', field: 'name' });
    }
    return created(labelView(newLabel(call, { name, color }), call));
  }),
];

/** All of them or none: GitHub takes a request as a whole. */
function askReviewers(pull: Pull, wanted: z.output<typeof Reviewers>, call: RepositoryCall): void {
  const people = wanted.reviewers.map((login) => accountOf(login)?.login ?? login);
  if (people.includes(pull.author)) {
    throw new GithubError(422, 'Review cannot be requested from pull request author.');
  }
  const { collaborators, fullName } = call.repository;
  const isKnown =
    people.every((login) => collaborators.has(login)) &&
    wanted.team_reviewers.every((slug) => TEAMS.some((team) => team.slug === slug));
  if (!isKnown) {
    throw new GithubError(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName} repository.`,
    );
  }
  pull.reviewers.people = [...new Set([...pull.reviewers.people, ...people])];
  pull.reviewers.teams = [...new Set([...pull.reviewers.teams, ...wanted.team_reviewers])];
  const by = loginOf(call.caller);
  for (const login of people) {
    const requested_reviewer = userView(call.hub, login);
    tellPull(call, pull, { action: 'review_requested', by, more: { requested_reviewer } });
  }
  for (const slug of wanted.team_reviewers) {
    const requested_team = teamView(call.hub, slug);
    tellPull(call, pull, { action: 'review_requested', by, more: { requested_team } });
  }
}

function labelsOf(call: RepositoryCall) {
  const { items, headers } = paged(call, knownPull(call).labels);
  return ok(
    items.map((label) => labelView(label, call)),
    headers,
  );
}

function addLabel(pull: Pull, name: string, call: RepositoryCall): void {
  const label = labelNamed(call, name) ?? newLabel(call, { name, color: 'ededed' });
  if (pull.labels.includes(label)) return;
  pull.labels.push(label);
  const by = loginOf(call.caller);
  tellPull(call, pull, { action: 'labeled', by, more: { label: labelView(label, call) } });
}

/** Whatever its letters' case. */
function labelNamed({ repository }: RepositoryCall, name: string): Label | undefined {
  return repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

function newLabel(
  { hub, repository }: RepositoryCall,
  { name, color }: { name: string; color: string },
): Label {
  const label = { id: hub.newId(), name, color };
  repository.labels.push(label);
  return label;
}
