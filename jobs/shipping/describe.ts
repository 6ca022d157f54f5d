import { impactsIn } from '../../src/domain/impact.ts';
import { type PullRequestContent, pullRequestPart } from '../../src/domain/pull-request-body.ts';
import { riskOf } from '../../src/domain/shipment-risk.ts';
import type { Comparison } from '../../src/ports/code-host.ts';
import type { Turn } from './turn.ts';

/** GitHub lists no more files than this. */
const MOST_FILES = 300;

/** Forge’s part of the description, of what the branch is now. `approvedBy`: logins. */
export async function describe(
  { shipment, github, world }: Turn,
  comparison: Comparison,
  approvedBy: readonly string[] = [],
): Promise<string> {
  const { id, why, reverts, checks } = shipment;
  const { commits, totalCommits: total, files, additions, deletions } = comparison;
  const post = (await world.store.shipmentPosts(id)).find(
    ({ event, state }) => event === 0 && state === 'sent',
  );
  const content: PullRequestContent = {
    ...(why === undefined ? {} : { why }),
    ...(reverts === undefined ? {} : { reverts }),
    impacts: impactsIn([why ?? '', ...commits.map(({ message }) => message)]),
    ...{ commits, total, files, additions, deletions, approvedBy, shipment: id },
    risk: riskOf({ files, isWhole: files.length < MOST_FILES }),
    checks: checks.flatMap(({ name, state, says = '' }) => (state === 'passed' ? [{ name, says }] : [])),
    reviewsWanted: github.ship.reviews,
    ...(post?.permalink === undefined ? {} : { slack: post.permalink }),
  };
  return pullRequestPart(content);
}
