import { CODEOWNERS_PATHS, codeOwnersOf } from '../../src/domain/codeowners.ts';
import { withPart } from '../../src/domain/pull-request-part.ts';
import { pullRequestTitle } from '../../src/domain/pull-request-title.ts';
import { CodeHostRefused, type Comparison, type PullRequest } from '../../src/ports/code-host.ts';
import { describe } from './describe.ts';
import { whatBefell } from './head.ts';
import { type Next, next, type Turn } from './turn.ts';

/** Opens the pull request, or takes up the one that is there. */
export async function open(turn: Turn): Promise<Next> {
  const befell = await whatBefell(turn);
  if (befell !== undefined) return next(befell);
  const { shipment, host, signal } = turn;
  const { repository, branch, base, head } = shipment;
  const comparison = await host.compare(repository, { base, head }, { signal });
  if (comparison.status === 'identical' || comparison.status === 'behind') {
    const reason = `Everything ${branch} has is on ${base} already, so there is nothing left to ship. \`/forge deploy\` deploys what is on ${base}.`;
    return next({ type: 'refused', reason });
  }
  const pull = await opened(turn, comparison);
  if (typeof pull === 'string') return next({ type: 'blocked', reason: pull });
  const notes = [...(await labelled(turn, pull)), ...(await reviewersAsked(turn, pull, comparison))];
  const { number, url, title } = pull;
  return next({ type: 'opened', number, url, title, notes });
}

/** A sentence where GitHub does not let it. */
async function opened(turn: Turn, comparison: Comparison): Promise<PullRequest | string> {
  const { shipment, host, signal } = turn;
  const { repository, branch, base } = shipment;
  const title = pullRequestTitle({ branch, messages: comparison.commits.map(({ message }) => message) });
  const body = withPart('', await describe(turn, { comparison, approvedBy: [], hostedChecks: [] }));
  try {
    return await host.createPullRequest(repository, { head: branch, base, title, body }, { signal });
  } catch (error) {
    if (error instanceof CodeHostRefused) return `The pull request could not be opened. ${error.message}`;
    throw error;
  }
}

/** What did not work out, in sentences: without a label it can be shipped all the same. */
async function labelled(
  { shipment, github, host, signal }: Turn,
  { number }: PullRequest,
): Promise<string[]> {
  const { labels } = github.ship;
  if (labels.length === 0) return [];
  return noted('The labels could not be set', async () => {
    await host.addLabels(shipment.repository, { number, labels }, { signal });
    return [];
  });
}

async function reviewersAsked(
  turn: Turn,
  { number }: PullRequest,
  comparison: Comparison,
): Promise<string[]> {
  const { shipment, host, signal } = turn;
  return noted('Nobody could be asked for a review', async () => {
    const reviewers = await reviewersFor(turn, comparison);
    if (reviewers.length === 0) return [];
    const request = { number, reviewers };
    const { notAsked } = await host.askReviewers(shipment.repository, request, { signal });
    return notAsked.map(({ reviewer, why }) => `${reviewer} was not asked for a review: ${why}`);
  });
}

/** As the branch it goes into says: what the change itself says of owners does not count. */
async function reviewersFor(turn: Turn, { files }: Comparison): Promise<readonly string[]> {
  const { shipment, github, host, signal } = turn;
  if (github.ship.reviewers !== 'codeowners') return github.ship.reviewers;
  const { repository, base } = shipment;
  const now = await host.ref(repository, base, { signal });
  if (now.kind === 'absent') return [];
  for (const path of CODEOWNERS_PATHS) {
    const text = await host.file(repository, { path, sha: now.sha }, { signal });
    if (text !== undefined)
      return codeOwnersOf(
        text,
        files.map((file) => file.path),
      );
  }
  return [];
}

async function noted(what: string, work: () => Promise<string[]>): Promise<string[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CodeHostRefused) return [`${what}: ${error.message}`];
    throw error;
  }
}
